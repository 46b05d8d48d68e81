/** The house of docs/ARCHITECTURE.md as data: who may import whom. Imports point down only. */
import type { Import } from "./module_graph.ts";

interface Layer {
  /** Folders or files that may be imported, beside the layer itself. */
  readonly imports: readonly string[];
  /** Folders whose types may be imported, and nothing else of them. */
  readonly types?: readonly string[];
}

const layers: Readonly<Record<string, Layer>> = {
  "mod.ts": { imports: ["src/"] },
  "tasks/": { imports: ["mod.ts", "src/"] },
  "src/cli/": { imports: ["src/"] },
  "src/steps/": {
    imports: [
      "src/experiments/",
      "src/report/",
      "src/method/",
      "src/results/",
      "src/networks/",
      "src/models/",
      "src/data/",
      "src/tables/",
      "src/pipeline/",
      "src/engine/",
    ],
  },
  "src/export/": {
    imports: [
      "src/registry/",
      "src/report/",
      "src/method/",
      "src/results/",
      "src/data/",
      "src/models/",
      "src/tables/",
      "src/pipeline/",
    ],
    types: ["src/engine/"],
  },
  "src/experiments/": { imports: ["src/method/", "src/results/", "src/data/", "src/models/"] },
  "src/server/": {
    imports: ["src/registry/", "src/report/", "src/results/", "src/pipeline/"],
  },
  "src/notify/": { imports: ["src/registry/", "src/report/", "src/results/", "src/pipeline/"] },
  "src/registry/": { imports: ["src/report/", "src/results/", "src/pipeline/"] },
  "src/report/": { imports: ["src/results/", "src/pipeline/"] },
  "src/method/": {
    imports: ["src/results/", "src/data/", "src/models/", "src/pipeline/"],
    types: ["src/engine/"],
  },
  "src/results/": { imports: [] },
  "src/networks/": { imports: ["src/models/", "src/pipeline/"], types: ["src/engine/"] },
  "src/models/": { imports: ["src/pipeline/"], types: ["src/engine/"] },
  "src/data/": { imports: ["src/tables/", "src/pipeline/"], types: ["src/engine/"] },
  "src/tables/": { imports: ["src/pipeline/"] },
  "src/pipeline/": { imports: [] },
  "src/engine/": { imports: ["src/python/"] },
  "src/deno_python/": { imports: ["src/python/mod.ts"] },
  "src/python/": { imports: [] },
};

/** npm package, or the scope of several -> where it may be imported. */
const packages: Readonly<Record<string, readonly string[]>> = {
  "@iconify-json": ["src/data/icons/"],
  "asciichart": ["src/cli/"],
  "commander": ["src/cli/", "tasks/"],
  "fastest-levenshtein": ["src/pipeline/"],
  "hono": ["src/server/", "src/report/"],
  "hono-openapi": ["src/server/"],
  "hyparquet": ["src/tables/"],
  "hyparquet-compressors": ["src/tables/"],
  "hyparquet-writer": ["src/tables/"],
  "log-update": ["src/cli/"],
  "prom-client": ["src/server/"],
  "sharp": ["src/cli/doctor/", "src/data/", "src/method/stages/", "src/export/"],
  "tar-stream": ["src/registry/"],
  "vega": ["src/report/"],
  "vega-lite": ["src/report/"],
  "zod": [
    "src/cli/",
    "src/experiments/",
    "src/export/",
    "src/server/",
    "src/notify/",
    "src/registry/",
    "src/report/",
    "src/method/",
    "src/results/",
    "src/models/",
    "src/networks/",
    "src/data/",
    "src/pipeline/",
    "tasks/",
  ],
};

/** One sentence per import that points where it must not, and per import cycle. */
export function checkLayers(imports: readonly Import[]): string[] {
  return [
    ...imports.flatMap((one) => {
      const problem = one.kind === "file" ? fileProblem(one) : packageProblem(one);
      return problem === undefined ? [] : [`${one.from}:${one.line} imports ${one.to}: ${problem}`];
    }),
    ...findCycles(imports).map((cycle) => `import cycle: ${cycle.join(" -> ")}`),
  ];
}

function fileProblem({ from, to, typeOnly }: Import): string | undefined {
  const name = Object.keys(layers).find((layer) => from.startsWith(layer));
  const layer = name === undefined ? undefined : layers[name];
  if (name === undefined || layer === undefined) {
    return `${from} is in no layer; add its folder to tasks/lib/layers.ts`;
  }
  if (isUnder(to, [name, ...layer.imports])) return undefined;
  const types = layer.types ?? [];
  if (typeOnly && isUnder(to, types)) return undefined;
  if (isUnder(to, types)) return `${name} may import it by \`import type\` only`;
  return `${name} may import ${[...layer.imports, ...types].join(", ") || "nothing but itself"}`;
}

function packageProblem({ from, to }: Import): string | undefined {
  const places = packages[to] ?? packages[to.split("/")[0]!];
  if (places === undefined) return `no layer may import this package`;
  return isUnder(from, places) ? undefined : `it belongs in ${places.join(", ")}`;
}

function isUnder(path: string, places: readonly string[]): boolean {
  return places.some((place) => path.startsWith(place));
}

/** Import cycles between files, each once. Type-only imports count: who reads one file of a cycle
 * has to read them all, whether or not they are loaded together. */
function findCycles(imports: readonly Import[]): string[][] {
  const edges = Map.groupBy(imports.filter(({ kind }) => kind === "file"), ({ from }) => from);
  const finished = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    if (finished.has(file)) return;
    for (const { to } of edges.get(file) ?? []) visit(to, [...path, file]);
    finished.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}
