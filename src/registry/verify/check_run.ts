/** Every file of a run against what the run itself says of it. */
import { join } from "node:path";
import { damageOfLog } from "../../pipeline/damage.ts";
import { runEventSchema } from "../../pipeline/events.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import { describeDamage, readJsonLines } from "../../pipeline/jsonl.ts";
import { publishedBy } from "../../pipeline/published.ts";
import { reasonOf } from "../../pipeline/reason.ts";
import { unseal } from "../../pipeline/sealed.ts";
import { RunTracker } from "../../pipeline/status.ts";
import { findRun, folderNames, RunFolder, runPaths } from "../../pipeline/store.ts";
import { isPlain } from "../run_files.ts";
import { damageOfArtifact } from "./check_artifact.ts";
import type { Finding, Mend } from "./damage.ts";
import type { FileHashes } from "./file_hashes.ts";

/** What is wrong with the run in `dir`; "gone" where the folder is removed, or moved away, meanwhile. `isAtWork`: whether a
 * process is at work on it. */
export async function damageOfRun(
  dir: string,
  hashes: FileHashes,
  isAtWork: () => boolean,
): Promise<Finding[] | "gone"> {
  const before = await unlessMissing(Deno.lstat(dir));
  const found = await findingsIn(dir, hashes, isAtWork);
  const after = await unlessMissing(Deno.lstat(dir));
  return before?.ino === after?.ino && after ? found : "gone";
}

async function findingsIn(
  dir: string,
  hashes: FileHashes,
  isAtWork: () => boolean,
): Promise<Finding[]> {
  const { record: path } = runPaths(dir);
  const findings: Finding[] = [];
  const run = await findRun(dir).catch((error: Error) => error);
  const mend = await mendOf(dir, run);
  if (!run) findings.push({ path, message: `${path} is missing`, ...mend });
  if (run instanceof Error) {
    const message = `${path} cannot be read: ${reasonOf(run.cause ?? run)}`;
    findings.push({ path, message, ...mend });
  }
  const artifacts = join(dir, "artifacts");
  const names = await folderNames(artifacts);
  for (const name of names) {
    findings.push(...await damageOfArtifact(join(artifacts, name), hashes, mend));
  }
  findings.push(
    ...await damageOfRest(
      { dir, run: run instanceof RunFolder ? run : undefined, mend },
      hashes,
      isAtWork,
    ),
  );
  return findings;
}

/** What mends all that a run may lack. A command is refused where it finds a run.json that it cannot read; where there is
 * none, it writes it anew and goes on with what is there. */
async function mendOf(dir: string, run: RunFolder | Error | undefined): Promise<Mend> {
  if (run instanceof RunFolder) return { mend: ownCommand, command: run.record.command };
  const begun = (await readLog(dir)).values.find((event) => event.type === "run-started");
  return {
    mend: run
      ? "a good copy of run.json in its place; or the run's folder moved away, and the run begun anew by its own command"
      : ownCommand,
    ...(begun && { command: begun.attempt.command }),
  };
}

const ownCommand = "the run's own command";

/** The log of a run that does not say its id. */
function readLog(dir: string) {
  return readJsonLines(runPaths(dir).events, (line) => runEventSchema.parse(unseal(line)));
}

/** Of the log, of what it says was published, and of artifacts that it says are there. */
async function damageOfRest(
  { dir, run, mend }: {
    readonly dir: string;
    readonly run: RunFolder | undefined;
    readonly mend: Mend;
  },
  hashes: FileHashes,
  isAtWork: () => boolean,
): Promise<Finding[]> {
  const { events: path, artifact } = runPaths(dir);
  const atWork = isAtWork();
  if (!run) {
    const damage = describeDamage(await readLog(dir));
    return damage === undefined
      ? []
      : [{ path, message: `${path} is damaged: ${damage}`, ...mend }];
  }
  const log = await run.eventLog();
  // Of a run at work, the last line may be on its way, and an artifact may be there before its event.
  const damage = atWork
    ? log.bad.length > 0 && `${path} is damaged: ${describeDamage({ bad: log.bad, torn: 0 })}`
    : await damageOfLog(run, log);
  const findings: Finding[] = damage ? [{ path, message: damage, ...mend }] : [];
  if (atWork) return findings;
  const tracker = new RunTracker(run.record.nodes);
  for (const event of log.values) tracker.take(event);
  const there = new Set(await folderNames(join(dir, "artifacts")));
  for (const { id, state } of tracker.status().nodes) {
    if (there.has(id) || (state !== "finished" && state !== "reused")) continue;
    findings.push({ path: artifact(id), message: `${artifact(id)} is missing`, ...mend });
  }
  for (const [name, sha256] of Object.entries(publishedBy(log.values) ?? {})) {
    const path = join(dir, name);
    const message = !isPlain(name) ? `${path} is no file of the run` : await hashes.of(path).then(
      (found) => found.sha256 === sha256 ? undefined : `${path} changed since the run wrote it`,
      (error: Error) => `${path} cannot be read: ${error.message}`,
    );
    if (message !== undefined) findings.push({ path, message, ...mend });
  }
  // A run that began meanwhile writes anew what was looked at here: its own end is to be verified.
  return isAtWork() ? findings.filter((one) => one.path === path) : findings;
}
