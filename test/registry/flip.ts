/** Changes one byte of a file in its place: also in its hard links. */
export async function flip(path: string, at = 0): Promise<void> {
  const bytes = await Deno.readFile(path);
  bytes[at] = bytes[at]! ^ 1;
  using file = await Deno.open(path, { write: true });
  await file.write(bytes);
}
