/** Python objects in a notebook: Deno's own Jupyter kernel, driven as JupyterLab drives it. */
import { readFile } from "node:fs/promises";
import { expect } from "expect";
import { findInterpreter } from "clusterfit/python";
import { currentEnvironment } from "../../tasks/lib/environment.ts";
import { testWith } from "./support.ts";

const { root } = currentEnvironment();

type Message = readonly [type: string, content: { readonly data?: Record<string, string> }];

async function output(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  input = "",
): Promise<string> {
  const command = new Deno.Command(program, {
    args: [...args],
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  await new Blob([input]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** What a notebook in the checkout shows below each of the cells. */
async function notebook(cells: readonly string[]): Promise<Message[][]> {
  const data = await Deno.makeTempDir();
  try {
    await output(Deno.execPath(), ["jupyter", "--install"], { XDG_DATA_HOME: data });
    const driver = new URL("notebook.py", import.meta.url).pathname;
    const { executable } = findInterpreter();
    const env = { NO_COLOR: "1", JUPYTER_RUNTIME_DIR: `${data}/runtime` };
    return JSON.parse(await output(executable, [driver, data, root], env, JSON.stringify(cells)));
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** The cells of the guide. */
async function guide(): Promise<string[]> {
  const page = await readFile(`${root}/docs/BRIDGE.md`, "utf8");
  const [, section] = /^## In a notebook\n([^]*?)^## /m.exec(page)!;
  return [...section!.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => code!);
}

testWith(
  ["jupyter_client", "pandas", "matplotlib"],
  "in a notebook a pandas table is a table, a matplotlib figure a picture, our page a page; nothing breaks a cell",
  async () => {
    const cells = await guide();
    expect(cells).toHaveLength(2);
    const [table, figure, broken, proxy, page] = await notebook([
      ...cells,
      `python.run("class Broken:\\n  def _repr_html_(self): return 1 / 0");
       python.eval("Broken()")`,
      `import np, { ProxiedPyObject } from "clusterfit/deno-python";
       np.import("pandas").DataFrame({ a: [1, 2] })[ProxiedPyObject]`,
      `import { notebookPage } from "clusterfit";
       const path = await Deno.makeTempFile();
       await Deno.writeTextFile(path, "<h1>Clusters</h1>");
       const page = await notebookPage(path);
       await Deno.remove(path);
       page`,
    ]);
    expect(table).toEqual([["execute_result", expect.anything()]]);
    const { data: rain } = table![0]![1];
    expect(rain!["text/plain"]).toMatch(/^ +city +rain\n0 +Oslo +763\.5\n/);
    expect(rain!["text/html"]).toContain("<td>Oslo</td>");

    expect(figure).toEqual([["execute_result", expect.anything()]]);
    const png = atob(figure![0]![1].data!["image/png"]!);
    expect(png.slice(0, 4)).toBe("\x89PNG");

    expect(broken).toEqual([["execute_result", expect.anything()]]);
    expect(broken![0]![1].data).toEqual({
      "text/plain": expect.stringMatching(
        /Broken object.*\n<_repr_html_ raised ZeroDivisionError: /,
      ),
    });
    expect(proxy![0]![1].data!["text/html"]).toContain("<table");
    expect(page![0]![1].data!["text/html"]).toContain("<h1>Clusters</h1>");
  },
);
