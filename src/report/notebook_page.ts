/** A page of ours in a notebook: `report.html` of a run, `clusters.html` of an export. */
import { UserError } from "../pipeline/errors.ts";
import { readTextIfThere } from "../pipeline/files.ts";

/** A page that Deno's Jupyter kernel shows where it is the value of a cell. */
export class NotebookPage {
  /** Made by {@linkcode notebookPage}. */
  constructor(
    /** The whole page. */
    readonly html: string,
    /** Of the frame that it is shown in, pixels. */
    readonly height: number,
  ) {}

  /** A frame of its own keeps the styles and scripts of the page and of the notebook apart. */
  [Symbol.for("Jupyter.display")](): Readonly<Record<string, string>> {
    const page = this.html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const style = `width: 100%; height: ${this.height}px; border: 0`;
    return {
      "text/plain": `A page of ${this.html.length} characters`,
      "text/html": `<iframe sandbox="allow-scripts" style="${style}" srcdoc="${page}"></iframe>`,
    };
  }
}

/**
 * A page for the end of a notebook's cell. A UserError where there is no such file.
 *
 * @example The report of a run
 * ```ts
 * import { notebookPage } from "clusterfit";
 *
 * const page = await notebookPage("report.html", { height: 400 });
 * console.log(page.height); // 400
 * ```
 */
export async function notebookPage(
  path: string,
  { height = 700 }: { readonly height?: number } = {},
): Promise<NotebookPage> {
  const html = await readTextIfThere(path);
  if (html !== undefined) return new NotebookPage(html, height);
  throw new UserError(
    `Cannot show ${path}: it needs a page, found no such file. ` +
      "Name the report.html of a run or the clusters.html of an export.",
  );
}
