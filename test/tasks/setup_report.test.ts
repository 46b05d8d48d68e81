import { expect } from "expect";
import { join } from "node:path";
import { ensureSetup } from "../../tasks/setup.ts";
import { reportSetup } from "../../tasks/lib/setup_report.ts";
import { failing, fakeMachine } from "./fake_machine.ts";

Deno.test("after a set-up every lock file that a run needs is installed, and extras are told", async () => {
  await using machine = await fakeMachine({ pythons: { python3: {} } });
  const { environment } = machine;
  const report = () =>
    reportSetup(() => ensureSetup({ environment, extras: ["timm"] }), environment);
  const { failure, venv, locks } = await report();
  expect({ failure, venv }).toEqual({ failure: null, venv: join(machine.root, ".venv") });
  expect(locks.filter(({ needed }) => needed)).toMatchObject([
    { file: "requirements-pip.txt", state: "installed" },
    { file: "requirements.txt", state: "installed" },
    { file: "requirements-cpu.txt", state: "installed" },
  ]);
  const extras = locks.filter(({ needed, state }) => !needed && state === "installed");
  expect(extras.map(({ title }) => title)).toEqual(["timm"]);
});

Deno.test("a set-up that fails is reported with its message and what it left", async () => {
  await using machine = await fakeMachine({
    pythons: { python3: failing("No space left on device") },
  });
  const { environment } = machine;
  const { failure, locks } = await reportSetup(() => ensureSetup({ environment }), environment);
  expect(failure).toContain("The disk is full");
  expect(locks.every(({ state }) => state === "missing")).toBe(true);
});

Deno.test("a lock file that changed since is told apart from one that was never installed", async () => {
  await using machine = await fakeMachine({ pythons: { python3: {} } });
  const { environment } = machine;
  await ensureSetup({ environment });
  await Deno.writeTextFile(join(machine.root, "py", "requirements.txt"), "numpy==2.0\n");
  const { locks } = await reportSetup(() => Promise.resolve(), environment);
  expect(locks.find(({ file }) => file === "requirements.txt")?.state).toBe("other");
});

Deno.test("a fault of set-up's own is no finding", async () => {
  const broken = () => Promise.reject(new TypeError("broken"));
  await expect(reportSetup(broken)).rejects.toThrow(TypeError);
});
