import { expect } from "expect";
import { type PyObject, python, PythonError } from "clusterfit/python";
import { explain } from "../../src/engine/errors.ts";
import { EngineError, startEngine } from "../../src/engine/mod.ts";

const engine = await startEngine();

Deno.test("a network too large for any memory is an EngineError that says so", async () => {
  const build = engine.models.build({
    ...{ arch: "resnet10-small", heads: { fc: 2 } },
    ...{ width: 1e7, seed: 0 },
  });
  await expect(build).rejects.toMatchObject({
    ...{ name: "EngineError", kind: "OutOfMemory" },
    message: expect.stringMatching(
      /^Cannot compute: it needs more memory than there is, found: .*allocate.* Give a smaller width/,
    ),
  });
});

/** What explain() makes of an exception raised by Python source. */
function explained(source: string): unknown {
  using globals = python.builtins.method("dict") as PyObject;
  try {
    python.builtins.method("exec", source, globals);
  } catch (error) {
    return explain(error);
  }
}

Deno.test("explain() knows every class of running out of memory, and leaves other errors", () => {
  for (
    const source of [
      "import torch; raise torch.OutOfMemoryError('CUDA out of memory. Tried to allocate 2 GiB')",
      "raise MemoryError()",
      "from numpy._core._exceptions import _ArrayMemoryError as E; raise E((1,), __import__('numpy').dtype('f8'))",
    ]
  ) {
    const error = explained(source);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ kind: "OutOfMemory" });
  }
  expect(explained("raise RuntimeError('something else')")).toBeInstanceOf(PythonError);
});

Deno.test("explain() gives what the system refused its code, whoever wrote the file", () => {
  const raise = (said: string) =>
    explained(`from clusterfit.errors import FileError; raise FileError("Cannot write: ${said}")`);
  expect(raise("[Errno 28] No space left on device")).toMatchObject({ code: "ENOSPC" });
  expect(raise("I/O error: Is a directory (os error 21)")).toMatchObject({ code: "EISDIR" });
  expect((raise("it is cut off") as EngineError).code).toBeUndefined();
});
