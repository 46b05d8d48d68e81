import { expect } from "expect";
import { python } from "clusterfit/python";
import { inChild } from "../python/support.ts";

await python.start();

const show = `console.log(String(python.import("sys").prefix));`;

/** Imports the face in a process of its own where DENO_PYTHON_PATH is set. */
function withLibrary(library: string, before = "") {
  return inChild(
    `${before}
Deno.env.set("DENO_PYTHON_PATH", ${JSON.stringify(library)});
const { python } = await import("clusterfit/deno-python");
${show}`,
    { bare: true },
  );
}

Deno.test("a statement after the import can use Python already", async () => {
  const source = `import { python } from "clusterfit/deno-python";\n${show}`;
  const { code, stdout } = await inChild(source, { bare: true });
  expect([code, stdout.trim()]).toEqual([0, python.info.prefix]);
});

Deno.test("DENO_PYTHON_PATH with the library of the virtual environment gives the environment", async () => {
  const { stdout, stderr } = await withLibrary(python.info.libpython);
  expect([stdout.trim(), stderr]).toEqual([python.info.prefix, ""]);
});

Deno.test("DENO_PYTHON_PATH alone is enough to find the executable of the library", async () => {
  const nowhere = `Deno.env.delete("VIRTUAL_ENV"); Deno.env.set("PATH", ""); Deno.chdir("/");`;
  const { stdout, stderr } = await withLibrary(python.info.libpython, nowhere);
  expect(stderr).toBe("");
  expect(python.info.libpython.startsWith(stdout.trim())).toBe(true);
});

Deno.test("DENO_PYTHON_PATH with anything else says what was tried and what to do", async () => {
  for (const library of ["/no/such/libpython3.11.so", Deno.execPath()]) {
    const { code, stderr } = await withLibrary(library);
    expect(code).toBe(1);
    expect(stderr).toContain("it needs DENO_PYTHON_PATH to name the shared library");
    expect(stderr).toContain(`found ${library}`);
    expect(stderr).toContain("unset DENO_PYTHON_PATH");
  }
});

Deno.test("Python that was started before is the one that is used", async () => {
  const before = `const bridge = (await import("clusterfit/python")).python; await bridge.start();`;
  const { stdout, stderr } = await withLibrary(python.info.libpython, before);
  expect([stdout.trim(), stderr]).toEqual([python.info.prefix, ""]);
});

Deno.test("in a Worker the import is refused, and the process goes on", async () => {
  const { code, stdout } = await inChild(
    `
const source = 'import("clusterfit/deno-python").then(() => postMessage("ran"), (e) => postMessage(e.message))';
const worker = new Worker("data:application/javascript," + encodeURIComponent(source), { type: "module" });
const message = await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data));
worker.terminate();
const { python } = await import("clusterfit/deno-python");
console.log(message, python.int(3) + 1);
`,
    { bare: true },
  );
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining("it needs the main thread, found a Worker"),
  ]);
  expect(stdout).toMatch(/ 4\n$/);
});
