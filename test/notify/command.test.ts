import { join } from "node:path";
import { expect } from "expect";
import { command } from "../../src/notify/ways/command.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { until } from "../until.ts";
import { someNews } from "./some_news.ts";

Deno.test("the command gets the JSON form on stdin, and run and event in its environment", async () => {
  await using folder = await temporaryFolder();
  const [told, names] = ["told.json", "names"].map((name) => join(folder.path, name));
  const way = command(`cat > '${told}' && echo "$CLUSTERFIT_RUN $CLUSTERFIT_EVENT" > '${names}'`);
  expect(await way.tell(someNews)).toEqual({ is: "told" });
  expect(JSON.parse(await Deno.readTextFile(told!))).toEqual(someNews);
  expect(await Deno.readTextFile(names!)).toBe("default-1a2b3c failed\n");
});

Deno.test("nothing of the run is read by the shell", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "made");
  const run = `$(touch '${file}')\0`;
  expect(await command("cat").tell({ ...someNews, run, title: run })).toEqual({ is: "told" });
  await expect(Deno.stat(file)).rejects.toThrow(Deno.errors.NotFound);
});

Deno.test("a command that fails is not tried again, and need not read what it gets", async () => {
  const news = { ...someNews, message: "x".repeat(1 << 20) };
  expect(await command("exit 3").tell(news)).toEqual({
    ...{ is: "refused", why: "the command ended with exit code 3" },
  });
});

Deno.test("a command that does not end is killed, with what it started", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "pid");
  const line = `sh -c 'echo $$ > "${file}"; sleep 1000' & wait`;
  let pid: number | undefined;
  for (let seconds = 1; pid === undefined; seconds *= 2) { // a busy machine may need more of them
    expect(await command(line, 1000 * seconds).tell(someNews)).toEqual({
      ...{ is: "refused", why: `the command took more than ${seconds} s, and was killed` },
    });
    pid = Number(await Deno.readTextFile(file).catch(() => "")) || undefined;
  }
  await until(() => !isThere(pid!));
});

Deno.test("commands have names of their own, and a name says nothing of a command", () => {
  const [one, other] = [command("a --token x"), command("b")];
  expect(one.name).toMatch(/^command-[0-9a-f]{8}$/);
  expect(one.name).not.toBe(other.name);
  expect(command("b").name).toBe(other.name);
});

/** Whether a process runs; one that has ended and waits for its parent does not. */
function isThere(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
