import { expect } from "expect";
import { renderReport } from "../../src/report/report.ts";
import { pngSize } from "../../src/report/sections/contact_sheet.ts";
import { flatten } from "../../src/report/sections/facts.ts";
import { shellCommand, withoutOutput } from "../../src/report/shell.ts";
import { doubtful, input, noisyInput, oneSeed, study } from "./fixture.ts";

const report = await renderReport(input);

/** Words as a reader sees them. */
const text = (html: string) =>
  html.replace(/<(style|svg)[^>]*>.*?<\/\1>/gs, " ").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

Deno.test("the report of a fixed run is as it was", async (t) => {
  const withoutDrawings = report
    .replace(/<style>.*?<\/style>/s, "<style>…</style>")
    .replace(/(<\/desc>).*?(<\/svg>)/gs, "$1…$2");
  await t.assertSnapshot(withoutDrawings);
});

Deno.test("the same run gives the same report, byte for byte", async () => {
  expect(await renderReport(input)).toBe(report);
});

Deno.test("the report needs no script and loads nothing from anywhere", () => {
  expect(report).not.toMatch(/<script|javascript:|\son\w+=/i);
  expect(report).not.toMatch(/<(link|iframe|object|embed|base|meta http-equiv)/i);
  const loads = [...report.matchAll(/\s(?:src|href|xlink:href|srcset)="([^"]*)"/g)].map((m) =>
    m[1]!
  );
  expect(loads.length).toBeGreaterThan(0);
  for (const target of loads) expect(target).toMatch(/^(#|data:image\/png;base64,)/);
  expect(report).not.toMatch(/@import|url\(/);
  expect(report).not.toMatch(/https?:\/\//);
});

Deno.test("the report escapes what it did not write itself", async () => {
  const nasty = `<img src=x onerror="alert(1)">&'`;
  const html = await renderReport({
    ...input,
    record: { ...input.record, title: nasty, command: [nasty], config: { [nasty]: nasty } },
    summary: {
      ...input.summary,
      study: {
        ...study,
        facts: [[nasty, nasty]],
        arms: study.arms.map((arm) => ({ ...arm, title: nasty, about: nasty })),
      },
      targets: input.summary.targets.map((target) => ({ ...target, title: nasty })),
    },
    sheet: { ...input.sheet!, clusters: [{ id: 1, size: 2, names: [nasty] }] },
    snippet: { ...input.snippet!, code: nasty },
  });
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;");
});

Deno.test("the report says why res5 scores otherwise layer by layer than in the table above", () => {
  const section = report.slice(report.indexOf("Layer by layer"), report.indexOf("The paper, for"));
  expect(text(section)).toMatch(
    /largest grid that fits into 9,216 numbers .probe\.layerBudget.*global average/,
  );
});

Deno.test("the report says what was chosen for probes by SGD, at the last layer and layer by layer", async () => {
  const chosen = { name: "learning rate", by: "on validation rows", values: [0.3] };
  const measurements = input.summary.measurements.map((one) => ({ ...one, probe: "sgd", chosen }));
  const html = text(await renderReport({ ...input, summary: { ...input.summary, measurements } }));
  const notes = html.split("Probes by SGD: learning rate 0.3, chosen on validation rows.");
  expect(notes.length).toBeGreaterThan(2);
  expect(notes.some((before) => before.includes("Layer by layer"))).toBe(true);
});

Deno.test("the report tells losing targets as plainly as winning ones", () => {
  const row = (title: string) => report.match(new RegExp(`${title}.*?</tr>`, "s"))![0];
  const inTable = report.slice(report.indexOf("<tbody>"));
  expect(text(inTable.match(/Names never seen.*?<\/tr>/s)![0])).toContain("lost to Npre 2x");
  expect(text(inTable.match(/Emoji identity.*?<\/tr>/s)![0])).toContain("won");
  expect(text(row('<p class="verdict">'))).toContain("it loses on “Names never seen”");
});

Deno.test("the report of one seed claims no spread and warns of small differences", async () => {
  const words = text(await renderReport({ ...input, summary: oneSeed }));
  expect(words).not.toContain("±");
  expect(words).toContain("differences under about 1.5 points mean nothing");
});

Deno.test("the report labels the paper's results as ImageNet scale and shows those that the study names", async () => {
  expect(text(report)).toMatch(/Not this run: ImageNet scale.*Table 6.*RotNet.*Jigsaw/);
  const hashtags = await renderReport({
    ...input,
    summary: { ...input.summary, study: { ...study, paper: ["table4"] } },
  });
  expect(text(hashtags)).toMatch(/Not this run: ImageNet scale.*Table 4.*Hashtags/);
  expect(text(hashtags)).not.toContain("Table 6");
  const unknown = { ...input.summary, study: { ...study, paper: ["table99"] } };
  await expect(renderReport({ ...input, summary: unknown })).rejects.toThrow(
    `Cannot show the paper's "table99": it needs one of "figure3", "table4", `,
  );
});

Deno.test("the report marks what did not converge, in both tables and the chart, and no other score", async () => {
  const html = await renderReport({ ...input, summary: doubtful });
  const row = (name: string) =>
    text(html.match(new RegExp(`<tr>\\s*<th scope="row">\\s*${name}.*?</tr>`, "s"))![0]);
  expect(row("Names never seen")).toMatch(/38\.2 ± 0\.8 40\.9† ± 0\.7 39\.1 ± 0\.6/);
  expect(row("Emoji identity")).toMatch(/41\.8† ± 1\.4 44\.5 ± 1\.0 48\.8† ± 1\.6/);
  expect(row("res3")).toMatch(/39\.0 ± 1\.3 40\.0 ± 0\.9 41\.0† ± 0\.4/);
  expect(html).toMatch(/<desc>[^<]*res3 Ncf 41\.0†/);
  expect(text(html)).toContain("† a probe did not converge in 251 to 253 evaluations");
  expect(text(html)).toContain("† a probe did not converge in 251 evaluations");
  expect(report).not.toContain("†");
});

Deno.test("the report tells of empty clusters and of how many features are distinct", async () => {
  const html = await renderReport({ ...input, summary: doubtful });
  expect(text(html)).toContain(
    "Seed 8: k-means left 1,300 of 1,500 clusters empty. " +
      "There are only 10,000 images with 200 distinct features: choose K no larger.",
  );
  expect(text(html)).toContain(
    "Seed 9: k-means left 1 of 1,500 clusters empty. " +
      "There are 10,000 images with 9,998 distinct features: more iterations, or a smaller K, may",
  );
  expect(text(html)).toContain("distinct features 9,998 200 9,998");
  expect(text(html)).toContain("empty clusters 0 1,300 1");
  expect(text(report)).not.toContain("k-means left");
});

Deno.test("the report cuts one strip a cluster out of the contact sheet", () => {
  const strips = [...report.matchAll(/<svg viewBox="(0 \d+ 1 1)" role="img">\s*<title>([^<]*)/g)];
  expect(strips.map(([, box, title]) => [box, title])).toEqual([
    ["0 0 1 1", "Images of cluster 12"],
    ["0 1 1 1", "Images of cluster 907"],
  ]);
});

Deno.test("pngSize() refuses what is no PNG", () => {
  expect(pngSize(input.sheet!.png)).toEqual({ width: 1, height: 2 });
  expect(() => pngSize(new Uint8Array(30))).toThrow("without a PNG signature");
});

Deno.test("flatten() names the leaves of a config by their dotted path", () => {
  expect(flatten({ a: { b: 1, c: [1, 2] }, d: [{ e: true }], f: null, g: undefined })).toEqual([
    ["a.b", "1"],
    ["a.c", "1, 2"],
    ["d.0.e", "true"],
    ["f", "null"],
  ]);
});

Deno.test("shellCommand() quotes what a shell would change", () => {
  expect(shellCommand(["deno", "task", "--set", "a=b c", "it's"])).toBe(
    `deno task --set 'a=b c' 'it'\\''s'`,
  );
});

Deno.test("the command to reproduce a run leaves out where its result went", async () => {
  const command = ["deno", "task", "clusterfit", "--out", "/tmp/x", "--k", "7", "--json"];
  const html = await renderReport({ ...input, record: { ...input.record, command } });
  expect(html).toContain("<code>deno task clusterfit --k 7</code>");
  expect(withoutOutput(["--out=/tmp/x", "--output", "out"])).toEqual(["--output", "out"]);
  expect(withoutOutput(["figure3", "--page", "docs", "--page=docs"])).toEqual(["figure3"]);
});

Deno.test("where stages were made on different machines the report says which was made on which", async () => {
  const [icons, ...others] = input.record.nodes.map(({ id }) => id);
  const began = "2026-11-20T08:00:00.000Z";
  const origin = {
    ...{ run: "older", began, command: ["deno", "task", "clusterfit", "--k", "9"] },
    ...{ versions: { torch: "2.12.0" }, hardware: { cpu: "Another CPU" } },
  };
  const events = input.events.map((event) =>
    event.type === "finished" && event.node === icons
      ? { t: event.t, type: "reused" as const, node: event.node, origin }
      : event
  );
  const page = text(await renderReport({ ...input, events }));
  expect(page).toMatch(/Machine A .*2026-11-20 08:00 UTC older: .*Another CPU .*Versions of A/);
  expect(page).toMatch(/Machine B .*Example CPU @ 2\.50GHz .*Versions of B/);
  expect(page).toMatch(new RegExp(`${icons} A `));
  for (const id of others) expect(page).toMatch(new RegExp(`${id} B `));
  expect(text(report)).not.toMatch(/Machine A|Made by/);
});

Deno.test("where no event tells who made the stages the report says that it is unknown", async () => {
  const events = input.events.filter(({ type }) => type === "run-finished");
  expect(text(await renderReport({ ...input, events }))).toContain(
    "Unknown: the event log that told of it was lost.",
  );
});

const noisy = await renderReport(noisyInput);

Deno.test("with axes the report has a row for each target and point, and a panel for each target and axis", () => {
  const words = text(noisy);
  expect(words).toContain("label noise 75%, K 400");
  expect([...noisy.matchAll(/<th scope="row" class="point">/g)].length).toBe(3 * 12);
  expect([...noisy.matchAll(/<figcaption>Names never seen \(top-1, %\)<\/figcaption>/g)].length)
    .toBe(2);
  expect(words).toContain("Npre and Distilled do not depend on it.");
});

Deno.test("the report says of each claim what the paper says, what was measured and whether that was expected", () => {
  const row = (claim: string) =>
    text(noisy.match(new RegExp(`<tr>\\s*<th scope="row">${claim}.*?</tr>`, "s"))![0]);
  expect(row("Npre falls faster")).toMatch(/The paper: Figure 3 \(a\).*falls by .* undecided/);
  expect(row("Without noise")).toMatch(/Npre \(label noise 0%\) 58\.0.* holds expected: undecided/);
  expect(row("A larger K")).toMatch(
    /not measured: Ncf on “Emoji identity.*undecided expected: holds/,
  );
  expect(text(report)).not.toContain("Claim");
});

Deno.test("many clusterings have a row each, below the histogram", () => {
  const table = noisy.slice(noisy.indexOf("<h3>Sizes"), noisy.indexOf("<h2>Training"));
  expect([...table.matchAll(/<tr>/g)].length).toBe(1 + 36);
  expect(text(table)).toContain("abel noise 25%, K 400, seed 8 400 10,000 9,998 20");
});

Deno.test("the report names what is missing and leaves its cell empty", () => {
  expect(text(noisy)).toContain(
    "Ncf at label noise 75%, K 1,600, seed 9 " +
      "seed-9.noise-75.k-1600.ncf, seed-9.noise-75.k-1600.ncf.scores",
  );
  expect(text(report)).not.toContain("Not measured");
});

Deno.test("a report without clusterings, curves, networks and targets has no section for them", async () => {
  const { sheet: _sheet, snippet: _snippet, ...rest } = input;
  const bare = { clusterings: [], series: [], networks: [], targets: [], measurements: [] };
  const html = await renderReport({ ...rest, summary: { ...input.summary, ...bare } });
  const headings = [...html.matchAll(/<h2>([^<]*)/g)].map(([, heading]) => heading);
  expect(headings).toEqual(["Reproduce"]);
  expect(text(html)).toContain("No target was probed, so nothing can be said.");
});

Deno.test("every colour that the report names is defined in its style, for light and for dark", () => {
  for (const html of [report, noisy]) {
    const style = html.match(/<style>(.*?)<\/style>/s)![1]!;
    const [light, dark] = style.split("prefers-color-scheme: dark");
    const named = new Set([...html.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
    named.delete("--swatch");
    expect(named.size).toBeGreaterThan(8);
    for (const name of named) {
      expect([name, light!.includes(`${name}:`), dark!.includes(`${name}:`)])
        .toEqual([name, true, true]);
    }
  }
});
