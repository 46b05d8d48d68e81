import { expect } from "expect";
import { join } from "node:path";
import { extras } from "../../src/steps/extras.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import { ensureSetup } from "../../tasks/setup.ts";
import {
  failing,
  type FakeMachine,
  fakeMachine,
  type FakePython,
  tooOld,
  withoutLibrary,
  withoutVenv,
  writeProgram,
} from "./fake_machine.ts";

const inOrder: FakePython = {};
const gpu = { "nvidia-smi": "echo 'GPU 0: NVIDIA H200'" };
const cpuInstalls = [
  "install requirements-pip.txt",
  "install requirements.txt",
  "uninstall torch faiss-gpu-cu12",
  "install requirements-cpu.txt",
];

async function setUpError({ environment }: FakeMachine): Promise<string> {
  const error = await ensureSetup({ environment }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

Deno.test("a new checkout gets .venv and the locked packages, in order", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  const ready = await ensureSetup({ environment: machine.environment });
  expect(ready.python).toBe(join(machine.root, ".venv/bin/python"));
  expect(await machine.pipCalls()).toEqual(cpuInstalls);
  expect(machine.shown()).toMatch(/making \.venv with Python 3\.1\d\.\d+/);
  expect(machine.shown()).toMatch(/\[2\/3] common packages: done in/);
});

Deno.test("set-up is silent and calls no pip when all is there", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  const shown = machine.shown();
  await ensureSetup({ environment: machine.environment });
  expect(machine.shown()).toBe(shown);
  expect(await machine.pipCalls()).toEqual(cpuInstalls);
});

Deno.test("development packages are added to an environment that lacks only them", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  await ensureSetup({ environment: machine.environment, dev: true });
  const added = [...extras, "dev"].map((name) => `install requirements-${name}.txt`);
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, ...added]);
});

Deno.test("what only some runs need is added when it is first asked for, and stays", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  const { environment } = machine;
  await ensureSetup({ environment });
  await ensureSetup({ environment, extras: ["onnx"] });
  await ensureSetup({ environment, extras: ["timm", "onnx"] });
  await ensureSetup({ environment });
  const added = ["install requirements-onnx.txt", "install requirements-timm.txt"];
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, ...added]);
});

Deno.test("a changed requirements file is installed again, the others are not", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  await Deno.writeTextFile(join(machine.root, "py/requirements.txt"), "numpy==2.0\n");
  await ensureSetup({ environment: machine.environment });
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, "install requirements.txt"]);
});

Deno.test("an NVIDIA GPU that answers brings the CUDA build in place of the CPU build", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  await writeProgram(join(machine.root, "bin/nvidia-smi"), gpu["nvidia-smi"]);
  await ensureSetup({ environment: machine.environment });
  const cudaInstalls = ["uninstall torch faiss-cpu", "install requirements-cuda.txt"];
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, ...cudaInstalls]);
});

Deno.test("an nvidia-smi that finds no GPU leaves the CPU build", async () => {
  const programs = { "nvidia-smi": "echo 'no devices were found' >&2; exit 6" };
  await using machine = await fakeMachine({ pythons: { python3: inOrder }, programs });
  await ensureSetup({ environment: machine.environment });
  expect(await machine.pipCalls()).toEqual(cpuInstalls);
});

Deno.test("a set-up killed while it made .venv is made anew", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  const stamp = JSON.stringify({ created: false, installed: {} });
  await Deno.writeTextFile(join(machine.root, ".venv/clusterfit.json"), stamp);
  await ensureSetup({ environment: machine.environment });
  expect(machine.shown()).toContain("making it anew");
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, ...cpuInstalls]);
});

Deno.test("a .venv whose Python is gone is made anew", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  await Deno.remove(join(machine.root, ".venv/bin/python"));
  await ensureSetup({ environment: machine.environment });
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, ...cpuInstalls]);
});

Deno.test("packages go into the active environment, which is told", async () => {
  await using machine = await fakeMachine({
    pythons: { python: inOrder },
    variables: (root) => ({ VIRTUAL_ENV: join(root, "mine") }),
  });
  await Deno.mkdir(join(machine.root, "mine"));
  await Deno.rename(join(machine.root, "bin"), join(machine.root, "mine/bin"));
  const { venv } = await ensureSetup({ environment: machine.environment });
  expect(venv).toBe(join(machine.root, "mine"));
  expect(machine.exists(".venv")).toBe(false);
  expect(machine.shown()).toContain(`installing into the active environment ${venv}`);
});

Deno.test("a broken active environment is left alone and refused with advice", async () => {
  await using machine = await fakeMachine({
    pythons: { python3: inOrder },
    variables: (root) => ({ VIRTUAL_ENV: join(root, "mine") }),
  });
  await Deno.mkdir(join(machine.root, "mine"));
  expect(await setUpError(machine)).toMatch(
    /mine \(VIRTUAL_ENV\) cannot be used.*unset VIRTUAL_ENV/s,
  );
  expect(machine.exists("mine")).toBe(true);
  expect(machine.exists(".venv")).toBe(false);
});

Deno.test("no Python on PATH is one message that says how to get one", async () => {
  await using machine = await fakeMachine();
  expect(await setUpError(machine)).toMatch(/No python3 was found on PATH.*install Python 3\.12/s);
  expect(machine.exists(".venv")).toBe(false);
});

Deno.test("a Python that is too old is named with its version", async () => {
  await using machine = await fakeMachine({ pythons: { python3: tooOld } });
  expect(await setUpError(machine)).toMatch(/bin\/python3: Python 3\.9\.2 is too old/);
  expect(machine.exists(".venv")).toBe(false);
});

Deno.test("a Python that is too new, and one without the GIL, are refused with the reason", async () => {
  for (
    const [answer, reason] of [
      ['s/"version": "[0-9.]*"/"version": "3.14.2"/', "Python 3.14.2 is too new: the pinned pack"],
      ['s/"cpython": true/"cpython": false/', "the bridge relies on its GIL"],
    ] as const
  ) {
    await using machine = await fakeMachine({ pythons: { python3: { answers: [answer] } } });
    expect(await setUpError(machine)).toContain(reason);
    expect(machine.exists(".venv")).toBe(false);
  }
});

Deno.test("a Python without the venv module names the package that brings it", async () => {
  await using machine = await fakeMachine({ pythons: { python3: withoutVenv } });
  expect(await setUpError(machine)).toMatch(
    /lacks the module ensurepip.*apt install python3\.\d+-venv/s,
  );
  expect(machine.exists(".venv")).toBe(false);
});

Deno.test("a Python without a shared libpython names the remedies", async () => {
  await using machine = await fakeMachine({ pythons: { python3: withoutLibrary } });
  const message = await setUpError(machine);
  expect(message).toMatch(/has no shared libpython/);
  expect(message).toMatch(/apt install libpython3\.\d+ /);
  expect(message).toMatch(/PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install/);
  expect(machine.exists(".venv")).toBe(false);
});

Deno.test("the next Python on PATH is taken where the first will not do", async () => {
  const pythons = { python3: tooOld, "python3.11": inOrder };
  await using machine = await fakeMachine({ pythons });
  await ensureSetup({ environment: machine.environment });
  expect(machine.shown()).toContain("bin/python3.11)");
});

Deno.test("CLUSTERFIT_PYTHON alone is tried where it is set", async () => {
  await using machine = await fakeMachine({
    pythons: { python3: inOrder },
    variables: (root) => ({ CLUSTERFIT_PYTHON: join(root, "nowhere") }),
  });
  const message = await setUpError(machine);
  expect(message).toMatch(/nowhere: no such file/);
  expect(message).not.toMatch(/bin\/python3/);
});

Deno.test("CLUSTERFIT_PYTHON that names nothing is refused even where .venv is in order", async () => {
  await using machine = await fakeMachine({ pythons: { python3: inOrder } });
  await ensureSetup({ environment: machine.environment });
  for (const named of [join(machine.root, "nowhere"), machine.root, "python3.99"]) {
    const variables = { ...machine.environment.variables, CLUSTERFIT_PYTHON: named };
    const environment = { ...machine.environment, variables };
    expect(await setUpError({ ...machine, environment })).toContain(`${named}: no such file`);
  }
  expect(machine.exists(".venv")).toBe(true);
  expect(await machine.pipCalls()).toEqual(cpuInstalls);
});

Deno.test("CLUSTERFIT_PYTHON may be a name on PATH, and one of another version makes .venv anew", async () => {
  const other = { answers: [`s/"version": "3[.]1[0-9.]*"/"version": "3.12.99"/`] };
  const pythons = { python3: inOrder, "python3.12": other };
  await using machine = await fakeMachine({ pythons });
  await ensureSetup({ environment: machine.environment });
  const variables = { ...machine.environment.variables, CLUSTERFIT_PYTHON: "python3.12" };
  const environment = { ...machine.environment, variables };
  expect((await ensureSetup({ environment })).version).toBe("3.12.99");
  expect(machine.shown()).toContain("of another Python: making it anew");
  await ensureSetup({ environment });
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, ...cpuInstalls]);
});

for (
  const [title, said, advice] of [
    ["a full disk", "[Errno 28] No space left on device", "Free some"],
    ["no network", "Max retries exceeded with url: /simple/numpy/", "Check the network"],
    ["no wheel", "No matching distribution found for numpy==1.0", "No wheel fits"],
    ["a wrong hash", "THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the file that was locked"],
  ] as const
) {
  Deno.test(`${title} is one message with advice, and nothing is left behind`, async () => {
    await using machine = await fakeMachine({ pythons: { python3: failing(said) } });
    const message = await setUpError(machine);
    expect(message).toContain(`Cannot install Python packages: ${said}`);
    expect(message).toContain(advice);
    expect(machine.exists(".venv")).toBe(false);
  });
}

Deno.test("PyTorch's own index is asked only where the CPU build is not found without it", async () => {
  const pip = `case "$*" in
    *download.pytorch.org*) ;;
    *requirements-cpu.txt) echo 'ERROR: No matching distribution found for torch==2.13.0+cpu' >&2; exit 1 ;;
  esac`;
  await using machine = await fakeMachine({ pythons: { python3: { pip } } });
  await ensureSetup({ environment: machine.environment });
  expect(await machine.pipCalls()).toEqual([...cpuInstalls, "install requirements-cpu.txt"]);
});

/** What pip says where it finds no wheel of the CPU build: on stderr, and with a constraint on stdout too. */
const plainly = "echo 'ERROR: No matching distribution found for torch==2.13.0+cpu' >&2; exit 1";
const constrained = `
  echo 'ERROR: Cannot install torch==2.13.0+cpu because these package versions have conflicting dependencies.' >&2
  echo 'Additionally, some packages in these conflicts have no matching distributions available for your environment:'
  echo '    torch'
  echo 'ERROR: ResolutionImpossible: for help visit https://pip.pypa.io' >&2; exit 1`;
const only311 = `case "$*" in
    *--python-version=3.11*) echo 'Available versions: 2.14.0, 2.13.0+cpu, 2.13.0' ;;
    *) echo 'Available versions: 2.13.0' ;;
  esac`;
const onlyLinuxOnX86 = Deno.build.os !== "linux" || Deno.build.arch !== "x86_64";

for (const [how, says] of Object.entries({ plainly, constrained })) {
  Deno.test({
    name:
      `where no CPU wheel fits the Python, said ${how}, the default build is taken and its size told`,
    ignore: onlyLinuxOnX86,
    async fn() {
      const pip = `case "$*" in *requirements-cpu.txt) ${says} ;;
        *requirements-default.txt) cp "$last" ${"$"}{0%/.venv/bin/python}/taken.txt ;; esac`;
      await using machine = await fakeMachine({ pythons: { python3: { pip, index: only311 } } });
      const { root } = machine;
      await Deno.writeTextFile(
        join(root, "py/requirements-cpu.txt"),
        'faiss-cpu==1.0\ntorch==2.13.0 ; sys_platform != "linux"\n' +
          'torch==2.13.0+cpu ; sys_platform == "linux"\n',
      );
      await Deno.writeTextFile(
        join(root, "py/requirements-cuda.txt"),
        "# top\nfaiss-gpu-cu12==1.0 \\\n    --hash=sha256:0\nnvidia-cublas-cu12==1.0 \\\n" +
          "    --hash=sha256:1\nnvidia-cudnn-cu13==1.0 \\\n    --hash=sha256:2\ntorch==2.13.0 \\\n" +
          "    --hash=sha256:3\n",
      );
      await ensureSetup({ environment: machine.environment });
      expect(machine.shown()).toMatch(
        /PyTorch 2\.13\.0\+cpu has no wheel for Python 3\.\d+ where pip looks\. It has one for Python 3\.11: CLUSTERFIT_PYTHON=\S+3\.11/,
      );
      expect(machine.shown()).toContain("2.7 GB to fetch in place of 0.2 GB");
      expect(await machine.pipCalls()).toEqual([
        ...cpuInstalls,
        "install requirements-cpu.txt",
        "install faiss-cpu==1.0",
        "install requirements-default.txt",
      ]);
      expect(await Deno.readTextFile(join(root, "taken.txt"))).toBe(
        "# top\nnvidia-cudnn-cu13==1.0 \\\n    --hash=sha256:2\ntorch==2.13.0 \\\n    --hash=sha256:3\n",
      );
      await ensureSetup({ environment: machine.environment });
      expect(await machine.pipCalls()).toHaveLength(7);
    },
  });
}

Deno.test("where no build of PyTorch fits the Python, the wheel and the Python that would do are named", async () => {
  const pip = `case "$*" in *requirements-cpu.txt) ${plainly} ;;
    *requirements-default.txt) echo 'ERROR: No matching distribution found for torch==2.13.0' >&2; exit 1 ;; esac`;
  for (const index of [only311, ""]) {
    await using machine = await fakeMachine({ pythons: { python3: { pip, index } } });
    const message = await setUpError(machine);
    expect(message).toMatch(
      /packages: PyTorch 2\.13\.0\+cpu has no wheel for Python 3\.\d+ where pip/,
    );
    expect(message).toContain(
      index === ""
        ? "check the index that pip is configured for"
        : "/path/to/python3.11 takes that",
    );
    expect(message).not.toContain("ResolutionImpossible");
  }
});

Deno.test("a failure without advice names the very command that shows all of it", async () => {
  await using machine = await fakeMachine({ pythons: { python3: failing("something else") } });
  expect(await setUpError(machine)).toMatch(
    /all that pip says: \S+\.venv\/bin\/python -m pip install .*--requirement \S+requirements-pip\.txt$/,
  );
});

Deno.test("two set-ups of one checkout take turns", async () => {
  await using machine = await fakeMachine({ pythons: { python3: { pip: "sleep 0.1" } } });
  const { environment } = machine;
  await Promise.all([ensureSetup({ environment }), ensureSetup({ environment })]);
  expect(await machine.pipCalls()).toEqual(cpuInstalls);
});
