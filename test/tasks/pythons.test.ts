import { expect } from "expect";
import { join } from "node:path";
import { findPythons } from "../../tasks/lib/pythons.ts";
import { runTaskFile } from "./support.ts";

/** A Python that is a shell script. */
async function fake(
  path: string,
  minor: number,
  libraries: readonly string[],
  missing: readonly string[] = [],
  freeThreaded = false,
): Promise<void> {
  const report = {
    major: 3,
    minor,
    version: `3.${minor}.9`,
    implementation: "cpython",
    freeThreaded,
    prefix: "/usr",
    libraries,
    missing,
  };
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, `#!/bin/sh\necho '${JSON.stringify(report)}'\n`, { mode: 0o755 });
}

Deno.test("each supported version is taken from pyenv, newest first, else from PATH, else has a reason", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const pyenv = (version: string) => join(folder, "versions", version, "bin/python");
    await fake(pyenv("3.10.2"), 10, ["/bin/sh"]);
    await fake(pyenv("3.10.13"), 10, ["/bin/sh"]);
    await fake(pyenv("3.11.1"), 11, ["/no/libpython3.11.so"]);
    await fake(join(folder, "bin/python3.11"), 11, ["/bin/sh"]);
    await fake(pyenv("3.12.1"), 12, ["/no/libpython3.12.so"]);
    await fake(join(folder, "bin/python3.12"), 12, ["/bin/sh"], ["ensurepip"]);
    await fake(pyenv("3.14.0t"), 14, ["/bin/sh"], [], true);
    await fake(pyenv("3.9.1"), 9, ["/bin/sh"]);
    const found = findPythons({
      variables: { PYENV_ROOT: folder, PATH: join(folder, "bin"), HOME: "/nowhere" },
    });
    expect(found.map(({ version }) => version)).toEqual(["3.10", "3.11", "3.12", "3.13", "3.14"]);
    expect(found[0]!.found).toMatchObject({ executable: pyenv("3.10.13") });
    expect(found[1]!.found).toMatchObject({ executable: join(folder, "bin/python3.11") });
    expect(found[2]!.found).toContain("no shared libpython (looked for /no/libpython3.12.so)");
    expect(found[2]!.found).toContain("python3.12 lacks the module ensurepip");
    expect(found[3]!.found).toBe("neither pyenv nor PATH has a python3.13");
    expect(found[4]!.found).toContain("it is a free-threaded build");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a filter that fits no file is refused before anything is set up or run", async () => {
  const { code, stdout, stderr } = await runTaskFile("pythons", "no-such-file");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("No quick test file's name in test/python has no-such-file.");
});
