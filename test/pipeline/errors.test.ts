import { expect } from "expect";
import {
  explainSystemError,
  FolderError,
  SystemError,
  UserError,
} from "../../src/pipeline/errors.ts";
import { sourceFiles } from "../../tasks/lib/source_files.ts";
import { currentEnvironment } from "../../tasks/lib/environment.ts";

/** What the system says as it refuses. */
function refusal(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error("the system refused nothing");
}

const full = () => {
  using file = Deno.openSync("/dev/full", { write: true });
  file.writeSync(new Uint8Array(1));
};

Deno.test({
  name: "explainSystemError() tells a full disk once, however often it is asked",
  ignore: Deno.build.os !== "linux",
  fn() {
    const first = explainSystemError(refusal(full), 'run "Train"') as Error;
    expect(first).toBeInstanceOf(FolderError);
    expect(first.message).toBe(
      'Cannot run "Train": No space left on device (os error 28). ' +
        "Free some disk space and run the same command again: it goes on where it stopped.",
    );
    expect(explainSystemError(first, "write the run folder")).toBe(first);
    const wrapped = new Error("a stage failed", { cause: new Error("inside", { cause: first }) });
    expect(explainSystemError(wrapped, "write the run folder")).toBe(first);
  },
});

Deno.test("explainSystemError() leaves the words of an error that explains what the system refused", () => {
  const message = "Cannot write tensors to x: it needs 12 bytes, found none. Free some space.";
  const told = explainSystemError(Object.assign(new Error(message), { code: "ENOSPC" }), "run");
  expect(told).toBeInstanceOf(SystemError);
  expect((told as Error).message).toBe(message);
});

Deno.test("explainSystemError() finds what the system refused behind other errors", () => {
  const cause = refusal(() => Deno.readTextFileSync(Deno.cwd()));
  const told = explainSystemError(new Error("a stage failed", { cause }), "read") as Error;
  expect(told).toBeInstanceOf(UserError);
  expect(told.message).toMatch(/^Cannot read: Is a directory .*A folder stands where a file/);
});

Deno.test("explainSystemError() advises another folder only where that would help", () => {
  const errors = [
    ["ENOSPC", true],
    ["EROFS", true],
    ["ENAMETOOLONG", true],
    ["EACCES", false],
    ["EISDIR", false],
    ["ENOENT", false],
  ] as const;
  for (const [code, another] of errors) {
    const told = explainSystemError(Object.assign(new Error("no"), { code }), "read");
    expect(told).toBeInstanceOf(UserError);
    expect({ code, another: told instanceof FolderError }).toEqual({ code, another });
  }
});

Deno.test("explainSystemError() leaves what is no fault of the system unchanged", () => {
  const circle = new Error("round");
  circle.cause = circle;
  const coded = Object.assign(new Error("no"), { code: "ERR_ASSERTION" });
  for (const error of [new TypeError("no"), circle, coded, "text", null, undefined]) {
    expect(explainSystemError(error, "read")).toBe(error);
  }
});

Deno.test("the pipeline names no flags: the command line does", async () => {
  const { root } = currentEnvironment();
  const naming: string[] = [];
  for (const file of sourceFiles(root, "src/pipeline")) {
    const source = await Deno.readTextFile(`${root}/${file}`);
    for (const [line] of source.matchAll(/^(?!\s*(?:\*|\/\*|\/\/)).*["'`][^"'`\n]*--[a-z].*$/gm)) {
      naming.push(`${file}: ${line.trim()}`);
    }
  }
  expect(naming).toEqual([]);
});
