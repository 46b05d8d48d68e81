/** A config file from nothing: `clusterfit init`, asked on a terminal and not. */
import { join } from "node:path";
import { expect } from "expect";
import { findInterpreter } from "clusterfit/python";
import { commandLine, run } from "./command.ts";

/** Starts a command on a terminal of its own and types a line of standard input at each question, which
 * ends in "]: "; prints what the terminal shows, then the exit code. */
const typing = `
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
answers = sys.stdin.read().splitlines()
shown, typed = b"", 0
try:
    while chunk := os.read(terminal, 65536):
        shown += chunk
        while typed < min(shown.count(b"]: "), len(answers)):
            os.write(terminal, answers[typed].encode() + b"\\n")
            typed += 1
except OSError:
    pass
print(shown.decode())
print("code", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

async function typed(args: readonly string[], answers: readonly string[]): Promise<string> {
  const child = new Deno.Command(findInterpreter().executable, {
    args: ["-c", typing, ...commandLine(args)],
    env: { TERM: "xterm" },
    ...{ stdin: "piped", stdout: "piped" },
  }).spawn();
  await new Blob([answers.map((answer) => `${answer}\n`).join("")]).stream().pipeTo(child.stdin);
  return new TextDecoder().decode((await child.output()).stdout);
}

Deno.test("init asks, refuses at once what a run would refuse, and its file is taken", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "my.config.ts");
  const shown = await typed(["init", file], ["/nowhere", "", "", "resnet18", "1", "20", "2"]);
  expect(shown).toContain("Cannot open /nowhere: it needs a folder of pictures");
  expect(shown).toContain("Cannot set k: k-means needs k >= 2, found 1.");
  expect(shown).toMatch(/Wrote .*my\.config\.ts\./);
  expect(shown).toContain("task clusterfit plan --config");
  expect(shown).toMatch(/code 0\s*$/);
  const { stdout, code } = await run(["--config", file, "--explain", "--out", folder]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("K 20") });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("init without a terminal says what to do; with --yes it writes, and never over a file", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "my.config.ts");
  expect(await run(["init", file])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Give --yes for the defaults"),
  });
  expect((await run(["init", file, "--yes"])).code).toBe(0);
  const text = await Deno.readTextFile(file);
  expect(await run(["init", file, "--yes"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("it needs a new file, found one of that name"),
  });
  expect(await Deno.readTextFile(file)).toBe(text);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("the help lists the commands, each has its own, and a mistyped one is named", async () => {
  const { stdout } = await run(["--help"]);
  expect(stdout).toMatch(/^Commands .*:\n( {2}\S+ +\S.*\n)+/m);
  const { code, stdout: own } = await run(["schema", "--help"]);
  expect({ code, own }).toEqual({ code: 0, own: expect.stringContaining("--experiment <name>") });
  expect(await run(["shcema"])).toMatchObject({
    code: 2,
    stderr: 'error: Cannot run "shcema": it needs a command or an option. Did you mean schema?\n',
  });
});

Deno.test("schema prints one JSON schema and nothing else", async () => {
  const { code, stdout } = await run(["schema"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).properties).toHaveProperty("training");
});
