/** Asks a worker to choose icons, and stops it when told to. */
import { UserError } from "../../pipeline/errors.ts";
import type { PretrainingQuestion, TargetQuestion } from "./choices.ts";
import type { PretrainingChoice } from "./choose_pretraining.ts";
import type { TargetChoice } from "./targets/target.ts";

/** What `choice_worker.ts` is sent. */
export type Question =
  | { readonly of: "pretraining"; readonly question: PretrainingQuestion }
  | { readonly of: "target"; readonly question: TargetQuestion };

/** What it sends back: errors cross as their message, `mistake` where they are the user's to mend. */
export type Answer<Choice> =
  | { readonly ok: true; readonly choice: Choice }
  | { readonly ok: false; readonly mistake: boolean; readonly message: string };

export function askPretraining(
  question: PretrainingQuestion,
  signal: AbortSignal,
): Promise<PretrainingChoice> {
  return ask({ of: "pretraining", question }, signal);
}

export function askTarget(question: TargetQuestion, signal: AbortSignal): Promise<TargetChoice> {
  return ask({ of: "target", question }, signal);
}

async function ask<Choice>(question: Question, signal: AbortSignal): Promise<Choice> {
  signal.throwIfAborted();
  // by the name that exports give it: in the package that deno pack makes its file has another name
  const module = import.meta.resolve("@clusterfit/clusterfit/workers/icon-choices");
  const worker = new Worker(module, { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<Answer<Choice>>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  worker.onmessage = ({ data }: MessageEvent<Answer<Choice>>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot choose icons: ${event.message}`));
  };
  worker.postMessage(question);
  try {
    const answer = await promise;
    if (answer.ok) return answer.choice;
    throw answer.mistake ? new UserError(answer.message) : new Error(answer.message);
  } finally {
    signal.removeEventListener("abort", abort);
    worker.terminate();
  }
}
