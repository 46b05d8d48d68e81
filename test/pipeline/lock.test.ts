import { join } from "node:path";
import { expect } from "expect";
import { isLocked, lockFolder, tryLock } from "../../src/pipeline/lock.ts";

const module = new URL("../../src/pipeline/lock.ts", import.meta.url).href;

/** Another Deno process with this program; its first line is awaited. */
async function otherProcess(program: string): Promise<AsyncDisposable & Deno.ChildProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", `import { isLocked, lockFolder } from "${module}";\n${program}`],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  return Object.assign(child, {
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
    },
  });
}

Deno.test("isLocked() is true exactly while a process holds the lock", async () => {
  const dir = await Deno.makeTempDir();
  expect(isLocked(dir)).toBe(false);
  {
    using _held = await lockFolder(dir);
    expect([isLocked(dir), isLocked(dir)]).toEqual([true, true]);
  }
  expect(isLocked(dir)).toBe(false);
});

Deno.test("isLocked() knows at once that the holder was killed", async () => {
  const dir = await Deno.makeTempDir();
  {
    await using _holder = await otherProcess(
      `const held = await lockFolder("${dir}");
       console.log("held");
       setInterval(() => held, 1000);`,
    );
    expect(isLocked(dir)).toBe(true);
  }
  expect(isLocked(dir)).toBe(false);
});

Deno.test("isLocked() of a folder that is missing, read-only or has something else there is false", async () => {
  const dir = await Deno.makeTempDir();
  expect(isLocked(join(dir, "missing"))).toBe(false);
  {
    using _held = await lockFolder(dir);
  }
  await Deno.chmod(join(dir, "lock"), 0o444);
  await Deno.chmod(dir, 0o555);
  expect(isLocked(dir)).toBe(false);
  const other = await Deno.makeTempDir();
  await new Deno.Command("mkfifo", { args: [join(other, "lock")] }).output();
  expect(isLocked(other)).toBe(false);
  await Deno.remove(join(other, "lock"));
  await Deno.symlink("/dev/zero", join(other, "lock"));
  expect(isLocked(other)).toBe(false);
});

Deno.test("asking takes the lock from no run that starts: 200 starts under two who ask in a tight loop", async () => {
  const dir = await Deno.makeTempDir();
  const ask = `console.log("asking");
    for (;;) for (let i = 0; i < 1000; i++) isLocked("${dir}");`;
  await using _one = await otherProcess(ask);
  await using _other = await otherProcess(ask);
  for (let start = 0; start < 200; start++) {
    using _held = await lockFolder(dir);
    expect(isLocked(dir)).toBe(true);
  }
});

Deno.test("a run is still refused while another one holds the lock and is asked about", async () => {
  const dir = await Deno.makeTempDir();
  using _held = await lockFolder(dir);
  await using _asking = await otherProcess(
    `console.log("asking"); for (;;) for (let i = 0; i < 1000; i++) isLocked("${dir}");`,
  );
  for (let start = 0; start < 50; start++) {
    await expect(lockFolder(dir)).rejects.toThrow(`held by process ${Deno.pid}`);
  }
});

Deno.test("a program that keeps the lock shared is told from a run", async () => {
  const dir = await Deno.makeTempDir();
  using file = await Deno.open(join(dir, "lock"), { read: true, write: true, create: true });
  await file.lock(false);
  expect(isLocked(dir)).toBe(false);
  await expect(lockFolder(dir)).rejects.toThrow("other programs that keep it shared");
});

Deno.test("a lock file that is removed between its opening and its locking is not the lock", async () => {
  const path = join(await Deno.makeTempDir(), "lock");
  const { open } = Deno;
  Deno.open = async (...args) => {
    Deno.open = open;
    const file = await open(...args);
    await Deno.remove(path);
    return file;
  };
  using lock = await tryLock(path);
  expect(await lock?.stands()).toBe(true);
  expect(await tryLock(path)).toBeUndefined();
});
