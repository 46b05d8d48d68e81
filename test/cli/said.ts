/** A command in this process: what it says, and its exit code. */
import { main } from "../../src/cli/main.ts";

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Not for tests that run beside others in one process: stdout and stderr are caught meanwhile. */
export async function said(...args: string[]): Promise<Said> {
  const heard = { stdout: "", stderr: "" };
  const real = {
    stdout: Deno.stdout.writeSync,
    stderr: Deno.stderr.writeSync,
    error: console.error,
  };
  for (const name of ["stdout", "stderr"] as const) {
    Deno[name].writeSync = (bytes) => {
      heard[name] += new TextDecoder().decode(bytes);
      return bytes.length;
    };
  }
  console.error = (text: string) => void (heard.stderr += `${text}\n`);
  try {
    return { code: await main(args, () => Promise.resolve()), ...heard };
  } finally {
    Deno.stdout.writeSync = real.stdout;
    Deno.stderr.writeSync = real.stderr;
    console.error = real.error;
  }
}
