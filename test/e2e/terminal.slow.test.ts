/** What becomes of a run whose terminal is closed. */
import { expect } from "expect";
import { findInterpreter } from "clusterfit/python";
import { openRun } from "../../src/pipeline/store.ts";
import { commandLine, onlyRun, run, small, start } from "./command.ts";

/** Starts a command on a terminal of its own, closes that once `events` tells progress, gives the exit code. */
const closing = `
import fcntl, os, pty, struct, sys, termios, threading, time
out, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
def progressed():
    for name in os.listdir(out):
        try:
            with open(os.path.join(out, name, "events.jsonl")) as events:
                if "progress" in events.read():
                    return True
        except FileNotFoundError:
            pass
def close_in_time():
    while not progressed():
        time.sleep(0.01)
    os.close(terminal)
threading.Thread(target=close_in_time).start()
try:
    while os.read(terminal, 65536):
        pass
except OSError:
    pass
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

const long = [...small, "--epochs", "4000"];

async function expectStopped(out: string): Promise<void> {
  const events = await (await openRun(await onlyRun(out))).events();
  expect(events.at(-1)?.type).toBe("run-stopped");
  const { stdout } = await run([...long, "--out", out, "--explain"]);
  expect(stdout).toMatch(/^re(use|sume)/m);
}

Deno.test("a terminal that is closed stops the run as Ctrl-C does", async () => {
  const out = await Deno.makeTempDir();
  const { stdout } = await new Deno.Command(findInterpreter().executable, {
    args: ["-c", closing, out, ...commandLine([...long, "--out", out])],
    env: { TERM: "xterm", CI: "" },
  }).output();
  expect(new TextDecoder().decode(stdout)).toBe("130\n");
  await expectStopped(out);
});

Deno.test("SIGHUP stops a run whose output has no reader any more", async () => {
  const out = await Deno.makeTempDir();
  const child = start([...long, "--out", out]);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes("Pre-train Npre (RotNet): started");) {
    const { value = "" } = await reader.read();
    text += value;
  }
  child.kill("SIGHUP");
  await Promise.all([reader.cancel(), child.stderr.cancel()]);
  expect((await child.status).code).toBe(130);
  await expectStopped(out);
});
