import { expect } from "expect";

const module = new URL("../../src/cli/output.ts", import.meta.url).href;

/** Runs a program with `output`, through a shell that says where it writes; gives what it tells on stderr. */
async function writing(program: string, redirection: string, json = false) {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    file,
    `import { createOutput } from "${module}";
     const output = createOutput({ json: ${json} });
     try { ${program} } catch (error) { console.error(error.name, error.message); }`,
  );
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `"$0" run --allow-all --no-check "$1" ${redirection}`, Deno.execPath(), file],
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { stdout: decode(stdout), stderr: decode(stderr) };
}

Deno.test("with --json stdout is the result's alone, and progress goes to stderr", async () => {
  const program = 'output.line("a"); output.stream.write("b"); output.result("c");';
  expect(await writing(program, "", true)).toEqual({ stdout: "c\n", stderr: "a\nb" });
  expect(await writing(program, "")).toEqual({ stdout: "a\nbc\n", stderr: "" });
});

const kept = /^UserError Cannot write to stdout: .*What is finished is kept.*\n$/;

for (const program of ['output.line("a");', 'output.result("a");', 'output.stream.write("a");']) {
  Deno.test(`a closed pipe is one UserError: ${program}`, async () => {
    const { stderr } = await writing(
      `for (;;) { ${program} await new Promise((end) => setTimeout(end, 10)); }`,
      "| true",
    );
    expect(stderr).toMatch(kept);
    expect(stderr).toContain("Broken pipe");
  });

  Deno.test({
    name: `a full device is one UserError: ${program}`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const { stderr } = await writing(program, "> /dev/full");
      expect(stderr).toMatch(kept);
      expect(stderr).toContain("No space left");
    },
  });
}

Deno.test("a slow reader gets all of a long result", async () => {
  const { stdout, stderr } = await writing(
    'output.result("y".repeat(3_000_000)); Deno.exit(0);',
    "| (sleep 0.2; wc -c)",
  );
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: "3000001", stderr: "" });
});
