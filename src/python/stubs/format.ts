/** `deno fmt`, with the settings of the folder that a text is for. */

/** The text as `deno fmt` lays it out in `folder`, and leaves it when it meets it again. */
export async function format(text: string, folder: string): Promise<string> {
  const once = await layOut(text, folder);
  return once === text ? text : format(once, folder);
}

async function layOut(text: string, folder: string): Promise<string> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext=ts", "-"],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  const written = writer.write(new TextEncoder().encode(text)).then(() => writer.close());
  const [{ success, stdout, stderr }] = await Promise.all([process.output(), written]);
  if (!success) throw new Error(`deno fmt failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
