/** A call that is killed in the middle: the process dies, as by SIGKILL, when it calls a function of Deno for the nth time. */
const resolve = (path: string) => new URL(path, import.meta.url).href;

/** Runs `body`, which may import from `src`, in a process that dies at call `nth` (from 1) of `Deno[of]`; says whether
 * it died. */
export async function killedAt(
  { of, nth, body }: {
    readonly of: keyof typeof Deno;
    readonly nth: number;
    readonly body: string;
  },
): Promise<boolean> {
  const program = `
let calls = 0;
const real = Deno.${of};
Object.defineProperty(Deno, "${of}", {
  value(...args) {
    if (++calls === ${nth}) Deno.kill(Deno.pid, "SIGKILL");
    return real(...args);
  },
});
const src = "${resolve("../../src")}";
${body}
`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "--ext=ts", "-"],
    ...{ stdin: "piped", stdout: "null", stderr: "piped" },
  }).spawn();
  await new Blob([program]).stream().pipeTo(child.stdin);
  const { success, signal, stderr } = await child.output();
  if (!success && signal !== "SIGKILL") throw new Error(new TextDecoder().decode(stderr));
  return !success;
}
