import { join } from "node:path";
import { expect } from "expect";
import { UserError } from "../../src/pipeline/errors.ts";
import { notebookPage } from "../../src/report/notebook_page.ts";

type Displayed = { [display: symbol]: () => Record<string, string> };

Deno.test("a page is shown in a frame, whole, and neither reaches out of the other", async () => {
  const folder = await Deno.makeTempDir();
  const html = `<p class="a">&lt;1&gt; "quoted"</p><script>1 && 2</script>`;
  await Deno.writeTextFile(join(folder, "page.html"), html);
  const page = await notebookPage(join(folder, "page.html"), { height: 300 });
  const shown = (page as unknown as Displayed)[Symbol.for("Jupyter.display")]!();
  expect(shown["text/html"]).toBe(
    '<iframe sandbox="allow-scripts" style="width: 100%; height: 300px; border: 0" ' +
      'srcdoc="<p class=&quot;a&quot;>&amp;lt;1&amp;gt; &quot;quoted&quot;</p>' +
      '<script>1 &amp;&amp; 2</script>"></iframe>',
  );
  expect(shown["text/plain"]).toBe(`A page of ${html.length} characters`);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a page that is not there is the user's to name", async () => {
  await expect(notebookPage("/no/such/page.html")).rejects.toThrow(UserError);
});
