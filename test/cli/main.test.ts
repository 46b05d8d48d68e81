import { expect } from "expect";
import { limitTime } from "../../tasks/lib/time_limit.ts";
import { hangSeconds } from "../until.ts";

const resolve = (path: string) => new URL(path, import.meta.url).href;

/** Runs `body`, which may use `main`, `out` and `until`, in a process of its own; its value is the exit code. */
async function ended(body: string) {
  const out = await Deno.makeTempDir();
  const program = `
import { main, reproduce } from "${resolve("../../src/cli/main.ts")}";
import { until } from "${resolve("../until.ts")}";
const out = ${JSON.stringify(out)};
const install = async () => {};
const code = await (async () => { ${body} })();
Deno.exit(code);
`;
  const stop = new AbortController();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "--ext=ts", "-"],
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
    env: { NO_COLOR: "1" },
    signal: stop.signal,
  }).spawn();
  using _limit = limitTime(child.pid, hangSeconds, () => stop.abort());
  await new Blob([program]).stream().pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  await Deno.remove(out, { recursive: true });
  const [printed, told] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: printed ?? "", stderr: told ?? "" };
}

Deno.test("a mistake of the user's is one message on stderr and exit code 2", async () => {
  const { code, stdout, stderr } = await ended(`return await main(["--set", "epoch=3"], install);`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error: Cannot set "epoch": .*Did you mean epochs\?\n$/);
});

Deno.test("a page that cannot be written is told before anything runs", async () => {
  const { code, stdout, stderr } = await ended(
    `return await reproduce(["figure3", "--out", out, "--page", "/proc/page"], install);`,
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error: Cannot make the folder of the page: [^\n]* --page\.\n$/);
});

Deno.test("an option that there is not is exit code 2, help is 0", async () => {
  expect((await ended(`return await main(["--epoch", "3"], install);`)).code).toBe(2);
  expect(await ended(`return await reproduce(["--help"], install);`)).toMatchObject({
    code: 0,
    stderr: "",
  });
});

Deno.test("a fault of ours is told with its stack and exit code 1", async () => {
  const { code, stderr } = await ended(`
    Object.defineProperty(Deno, "env", { get() { throw new TypeError("broken"); } });
    return await main(["--out", out], install);
  `);
  expect(code).toBe(1);
  expect(stderr).toContain("TypeError: broken\n    at ");
  expect(stderr).toContain("This is a fault in clusterfit, not in your input.");
});

Deno.test("a run that a signal stops ends with exit code 130, and says how it goes on", async () => {
  const { code, stdout } = await ended(`
    const running = main([
      ...["--set", "images=600", "--set", "workers=2", "--epochs", "2", "--k", "20", "--out", out],
    ], install);
    // Stages that are at work.
    const atOnce = () => {
      const [run] = [...Deno.readDirSync(out)].filter(({ name }) => name.startsWith("rotnet-"));
      if (!run) return 0;
      const path = \`\${out}/\${run.name}/events.jsonl\`;
      try {
        const log = Deno.readTextFileSync(path);
        return log.split('"type":"started"').length - log.split('"type":"finished"').length;
      } catch {
        return 0; // there is no log yet
      }
    };
    await Promise.race([until(() => atOnce() === 2), running]);
    Deno.kill(Deno.pid, "SIGTERM");
    return await running;
  `);
  expect({ code, stdout: code === 130 ? "" : stdout }).toEqual({ code: 130, stdout: "" });
  expect(stdout).toMatch(
    /Stopped; nothing is lost\. Go on with the same command:\n {2}(?:npx --yes \S+|deno) task clusterfit --set images=600/,
  );
});
