import { fileURLToPath } from "node:url";
import { expect } from "expect";
import { toyFolder } from "./toy_folder.ts";

const pictures = 2000;
/** Bytes for each: its name is one of about 20 letters. */
const limit = 130;

Deno.test("an opened collection keeps little more of a picture than its name", async () => {
  await using folder = await toyFolder(
    Array.from({ length: pictures }, (_, at) => `class-${at % 10}/${at}.jpg`),
  );
  const script = fileURLToPath(new URL("./collection_memory.ts", import.meta.url));
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--v8-flags=--expose-gc", script, folder.path],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const bytes = Number(new TextDecoder().decode(stdout)) / pictures;
  expect(bytes).toBeLessThan(limit);
  expect(bytes).toBeGreaterThan(20); // it was measured
});
