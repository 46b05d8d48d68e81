/// <reference lib="deno.worker" />
/** Reading and sorting tens of megabytes of JSON takes longer than an event loop may stand still: it
 * happens here, one question per worker. */
import { UserError } from "../../pipeline/errors.ts";
import type { Answer, Question } from "./ask.ts";
import { pretrainingIcons, targetIcons } from "./choices.ts";
import type { PretrainingChoice } from "./choose_pretraining.ts";
import type { TargetChoice } from "./targets/target.ts";

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  self.postMessage(await answer(data));
};

async function answer(
  { of, question }: Question,
): Promise<Answer<PretrainingChoice | TargetChoice>> {
  try {
    const choice = of === "pretraining"
      ? await pretrainingIcons(question)
      : await targetIcons(question);
    return { ok: true, choice };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, mistake: error instanceof UserError, message: error.message };
  }
}
