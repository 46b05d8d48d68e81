/** Applies mutants one at a time to a copy of the tree, and runs their tests. */
import { basename, join } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import { denoSuite, pytestSuite, runSuite, type Suite } from "../lib/suite.ts";
import { type Mutant, mutate } from "./mutant.ts";

export interface TryOptions {
  /** The copy. */
  readonly root: string;
  /** For what the tests write. */
  readonly scratch: string;
  /** Executable. */
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes a line of progress. */
  readonly say: (line: string) => void;
  /** Seconds that a test file may take where it takes so many without a mutant. */
  readonly patience?: (seconds: number) => number;
}

export interface Tried {
  readonly mutant: Mutant;
  /** The test file that found it; none where it survived. */
  readonly killedBy?: string;
  /** Whether that file came to no end. */
  readonly hung: boolean;
}

/** Only a hang lasts as long. */
const defaultPatience = (seconds: number) => 30 + 5 * seconds;

/** Runs every test file without a mutant, then each mutant's files until one fails. Throws a UserError where a
 * mutant's line is not in its file once, or where a test file does not pass without a mutant. */
export async function tryMutants(
  mutants: readonly Mutant[],
  options: TryOptions,
): Promise<readonly Tried[]> {
  const { root, say, patience = defaultPatience } = options;
  for (const mutant of mutants) mutate(await Deno.readTextFile(join(root, mutant.file)), mutant);
  const seconds = await timesWithoutMutant(mutants, options);
  const tried: Tried[] = [];
  for (const mutant of mutants) {
    const path = join(root, mutant.file);
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, mutate(text, mutant));
    const one = await tryOne(mutant, (file) => patience(seconds.get(file) ?? 0), options);
    await Deno.writeTextFile(path, text);
    tried.push(one);
    say(`[${tried.length}/${mutants.length}] ${describe(one)}`);
  }
  return tried;
}

/** How often it happened, and each mutant that survived. */
export function conclude(tried: readonly Tried[]): string {
  const survivors = tried.filter(({ killedBy }) => killedBy === undefined);
  const hung = tried.filter(({ hung }) => hung).length;
  return [
    `${tried.length} mutants: ${tried.length - survivors.length} killed` +
    `${hung > 0 ? ` (${hung} by a hang)` : ""}, ${survivors.length} survived`,
    ...survivors.map(({ mutant: { id, file, breaks, tests } }) =>
      `  ${id}: ${breaks} (${file}; tried ${tests.join(", ")})`
    ),
  ].join("\n");
}

/** Test file -> seconds. */
async function timesWithoutMutant(
  mutants: readonly Mutant[],
  options: TryOptions,
): Promise<ReadonlyMap<string, number>> {
  const files = [...new Set(mutants.flatMap(({ tests }) => tests))];
  const times = new Map<string, number>();
  for (const file of files) {
    const { counts, seconds, output } = await run(file, 600, options);
    if (counts.failed > 0 || counts.passed === 0) {
      throw new UserError(
        `Cannot try mutants: it needs ${file} to pass without one, found ${counts.failed} failed and ` +
          `${counts.passed} passed tests. Mend it first.\n${output}`,
      );
    }
    times.set(file, seconds);
    options.say(
      `without a mutant [${times.size}/${files.length}] ${file} (${seconds.toFixed(1)} s)`,
    );
  }
  return times;
}

async function tryOne(
  mutant: Mutant,
  patience: (file: string) => number,
  options: TryOptions,
): Promise<Tried> {
  for (const file of mutant.tests) {
    const { counts, timedOut } = await run(file, patience(file), options);
    if (counts.failed > 0) return { mutant, killedBy: file, hung: timedOut };
  }
  return { mutant, hung: false };
}

function describe({ mutant: { id, breaks }, killedBy, hung }: Tried): string {
  if (killedBy === undefined) return `SURVIVED ${id}: ${breaks}`;
  return `killed ${id} by ${killedBy}${hung ? ", which came to no end" : ""}`;
}

async function run(file: string, timeoutSeconds: number, options: TryOptions) {
  const suite = suiteOf(file, options);
  await Deno.remove(suite.junit).catch(() => {}); // of the mutant before
  return await runSuite(suite, { env: options.env, timeoutSeconds });
}

/** The test file on its own, up to the first test that fails. */
function suiteOf(file: string, { root, python, scratch }: TryOptions): Suite {
  const [suite, flags] = file.endsWith(".py")
    ? [pytestSuite(root, python, scratch, [basename(file)]), ["--exitfirst"]]
    : [denoSuite(root, file, scratch), ["--fail-fast"]];
  return { ...suite, name: file, command: [...suite.command, ...flags] };
}
