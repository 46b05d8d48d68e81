import { expect } from "expect";
import { keptOnPage } from "../../src/cli/page.ts";
import { checkNumbersKept } from "../../src/cli/perform_on_page.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import type { Experiment } from "../../src/method/experiment.ts";
import { makeJob } from "../../src/steps/job.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const docs = new URL("../../docs", import.meta.url).pathname;
const job = (given: Parameters<typeof makeJob>[2]) =>
  makeJob(figure3 as Experiment, "small", given);

Deno.test("numbers that a page has are not lost to those of other settings", async () => {
  await checkNumbersKept(job({}), docs);
  const { id, began } = (await keptOnPage(docs, "figure3"))!.run;
  await expect(checkNumbersKept(job({ k: [50] }), docs)).rejects.toMatchObject({
    name: "UserError",
    message:
      `Cannot keep the numbers of figure3 in ${docs}: it needs a folder without those of other settings, found ` +
      `those of run ${id} (${began.slice(0, 10)}). Give another folder with --page, or remove ` +
      `${docs}/reproduction/figure3.json.`,
  });
});

Deno.test("a page without numbers takes any", async () => {
  await using folder = await temporaryFolder();
  await checkNumbersKept(job({ k: [50] }), folder.path);
});
