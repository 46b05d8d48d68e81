import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "expect";
import { python } from "clusterfit/deno-python";
import { Pip } from "clusterfit/deno-python/ext/pip";

/** Writes a wheel, which pip installs without a network. */
const { write_wheel } = python.runModule(
  `
import zipfile
def write_wheel(folder, name, version, modules):
    stem = f"{name}-{version}"
    with zipfile.ZipFile(f"{folder}/{stem}-py3-none-any.whl", "w") as wheel:
        for module in modules:
            wheel.writestr(f"{module}.py", f"version = {version!r}\\n")
        info = f"{stem}.dist-info"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/top_level.txt", "\\n".join(modules))
        wheel.writestr(f"{info}/RECORD", "")
`,
  "pip_test",
);

/** Runs \`body\` with a pip that finds only the wheels in \`wheels\`. */
async function withPip(body: (pip: Pip, wheels: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "pip-"));
  const wheels = join(folder, "wheels");
  await Deno.mkdir(wheels);
  Deno.env.set("PIP_NO_INDEX", "1");
  Deno.env.set("PIP_FIND_LINKS", wheels);
  try {
    await body(new Pip(join(folder, "installed")), wheels);
  } finally {
    Deno.env.delete("PIP_NO_INDEX");
    Deno.env.delete("PIP_FIND_LINKS");
    await rm(folder, { recursive: true });
  }
}

Deno.test("a package is installed into the folder, and imported under the name it has there", () =>
  withPip(async (pip, wheels) => {
    write_wheel(wheels, "Demo_Face.One", "1.0", ["demo_of_face"]);
    const module = await pip.import("demo-face.one==1.0");
    expect(module.version.valueOf()).toBe("1.0");
    expect(String(module.__file__)).toContain("installed");
    write_wheel(wheels, "two", "3.0", ["two", "other_of_two"]);
    expect(String((await pip.import("two")).version)).toBe("3.0");
    expect(String((await pip.import("two", "other_of_two")).__name__)).toBe("other_of_two");
  }));

Deno.test("what cannot be installed, or has no one module, is an error that says so", () =>
  withPip(async (pip, wheels) => {
    await expect(pip.import("not-there-at-all")).rejects.toThrow(
      /Cannot install not-there-at-all: .*No matching distribution/s,
    );
    await expect(pip.import("==1")).rejects.toThrow("that starts with a package's name");
    await expect(pip.install("--version")).rejects.toThrow("Cannot install --version");
    write_wheel(wheels, "three", "1.0", ["three_a", "three_b"]);
    await expect(pip.import("three")).rejects.toThrow(
      /needs one module, found several.*three_a.*three_b/s,
    );
  }));
