import { expect } from "expect";
import { memoryIndex, transaction } from "../../src/registry/index_file.ts";
import { writeDetails } from "../../src/registry/run_details.ts";
import { rowOf, writeRow } from "../../src/registry/run_row.ts";
import { thinned } from "../../src/registry/thinned.ts";
import { attempt, started } from "../pipeline/events.ts";
import { record, study } from "../report/fixture.ts";

const many = <T>(length: number, make: (at: number) => T) =>
  Array.from({ length }, (_, at) => make(at));

/** A run of 240 stages, 60 of them trainings of so many epochs, and 3,000 measurements. */
function largeRun(epochs: number) {
  const nodes = many(240, (at) => ({
    ...{ id: `seed-${at % 3}.noise-50.k-${at}.ncf`, stage: at % 4 === 0 ? "train" : "extract" },
    ...{ title: `Train Ncf, label noise 50%, K ${at}`, inputs: [], serves: [] },
  }));
  const place = (at: number) => ({ arm: "ncf", at: { noise: 50, k: 250 * at }, seed: at % 3 });
  const t = "2026-11-26T10:38:29.229Z";
  const state = "finished" as const;
  const snapshot = {
    ...{ name: "figure3-b549ffb9", state, notes: [], study, hasReport: true, curve: [] },
    record: { ...record, nodes },
    status: { state, seconds: 1, nodes: nodes.map((node) => ({ ...node, state, seconds: 12.5 })) },
    lastEvents: [t],
    attempts: [{ run: "figure3-b549ffb9", ...attempt, began: t }],
    events: many(490, (at) => ({ t, ...started(nodes[at % 240]!.id) })),
    curves: many(60, (at) => ({
      ...place(at),
      points: many(epochs, (epoch) => ({
        ...{ epoch: epoch + 1, loss: 1 / (epoch + 3), accuracy: 100 / (epoch + 3) },
        learningRate: 0.1 / (epoch + 3),
      })),
    })),
    summary: {
      ...{ schema: 3 as const, study, targets: [], series: [], clusterings: [], networks: [] },
      missing: [],
      measurements: many(3000, (at) => ({
        ...{ ...place(at % 60), target: "emoji-identity", part: "test" as const, layer: "res5" },
        ...{ budget: 9216, probe: "logistic", metric: "top-1", value: at / 30, baseline: 1.9 },
        ...{ converged: true, evaluations: 30 },
      })),
    },
  };
  const files = Object.fromEntries(
    ["network.safetensors", "network.json", "log.jsonl", "curve.json"]
      .map((name) => [name, { bytes: 123_456, sha256: "0".repeat(64) }]),
  );
  const artifacts = nodes.map(({ id: node, stage }) => ({
    node,
    manifest: {
      ...{ schema: 1 as const, stage, version: 1, kind: "network", config: {}, inputs: {} },
      ...{ key: "f".repeat(64), files },
    },
  }));
  return { snapshot, artifacts };
}

for (const [epochs, points] of [[24, 24], [5000, 256]] as const) {
  Deno.test(`a run of 240 stages with trainings of ${epochs} epochs takes no more than docs/RUNS.md says`, () => {
    const { snapshot, artifacts } = largeRun(epochs);
    using db = memoryIndex();
    writeRow(db, rowOf(snapshot), { record: snapshot.record, files: "as found" });

    for (let twice = 0; twice < 2; twice++) {
      transaction(db, () => writeDetails(db, { run: 1, files: "as found" }, snapshot, artifacts));
    }

    const rows = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()!["n"];
    expect(["stages", "events", "measurements", "artifacts", "curves"].map(rows))
      .toEqual([240, 490, 3000, 960, 60 * points]);
    const pages = db.prepare("SELECT * FROM pragma_page_count, pragma_page_size").get()!;
    const bytes = (pages["page_count"] as number) * (pages["page_size"] as number);
    expect(bytes).toBeLessThan(points > 24 ? 2.4e6 : 0.85e6);
  });
}

Deno.test("a curve is thinned evenly, with its first and its last point", () => {
  expect(thinned([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(thinned(many(1001, (at) => at), 5)).toEqual([0, 250, 500, 750, 1000]);
});
