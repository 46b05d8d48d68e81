/** What set-up left behind, also where it failed. */
import type { SetupReport } from "../../src/cli/doctor/setup_report.ts";
import { extras } from "../../src/steps/extras.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import { currentEnvironment, type Environment } from "./environment.ts";
import { detectBuild, requirementsFor } from "./requirements.ts";
import { readStamp } from "./stamp.ts";
import { chooseVenv } from "./venv.ts";

/** Runs `setUp`, and looks at what is installed then. */
export async function reportSetup(
  setUp: () => Promise<unknown>,
  environment: Environment = currentEnvironment(),
): Promise<SetupReport> {
  const failure = await setUp().then(() => null, (error) => {
    if (error instanceof UserError) return error.message;
    throw error;
  });
  const { path: venv } = chooseVenv(environment);
  const { root } = environment;
  const build = await detectBuild(environment);
  const base = new Set(requirementsFor(root, build, { dev: false, extras: [] }).map(fileOf));
  const stamp = await readStamp(venv).catch(() => undefined); // a damaged one says nothing
  return {
    failure,
    venv,
    locks: requirementsFor(root, build, { dev: true, extras }).map(({ file, title, sha256 }) => {
      const found = stamp?.installed[file];
      const state = found === undefined ? "missing" : found === sha256 ? "installed" : "other";
      return { file, title, needed: base.has(file), state };
    }),
  };
}

const fileOf = ({ file }: { readonly file: string }): string => file;
