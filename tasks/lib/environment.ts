/** What set-up may know of the world, handed in so that a test can make one up. */
import { fileURLToPath } from "node:url";

export interface Environment {
  /** The checkout: holds `py/requirements*.txt`, and `.venv` once it is made. */
  readonly root: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly screen: Screen;
}

/** Where progress is shown. */
export interface Screen {
  write(text: string): void;
  /** Lines may be redrawn. */
  readonly live: boolean;
  /** Characters that fit on a line that is redrawn. */
  readonly columns: number;
}

const stderr: Screen = {
  write(text) {
    try {
      Deno.stderr.writeSync(new TextEncoder().encode(text));
    } catch {
      // progress that nobody can read is no reason to stop a set-up
    }
  },
  get columns() {
    return Deno.consoleSize().columns;
  },
  live: Deno.stderr.isTerminal() && !Deno.env.get("CI") && Deno.env.get("TERM") !== "dumb",
};

/** This process's environment. Progress goes to stderr: stdout belongs to the command's result. */
export function currentEnvironment(): Environment {
  return {
    root: fileURLToPath(new URL("../../", import.meta.url)),
    variables: Deno.env.toObject(),
    screen: stderr,
  };
}
