/** The project's own tools: would they notice? */
import type { Listed } from "../mutant.ts";

export const tasks: readonly Listed[] = [
  {
    id: "layers-types",
    file: "tasks/lib/layers.ts",
    find: "if (typeOnly && isUnder(to, types)) return undefined;",
    replace: "if (isUnder(to, types)) return undefined;",
    breaks: "stages may import the engine, not its types alone",
    tests: ["test/tasks/layers.test.ts"],
  },
  {
    id: "suite-died",
    file: "tasks/lib/suite.ts",
    find: "counts: { ...counts, failed: 1 },",
    replace: "counts,",
    breaks: "a test file that dies passes",
    tests: ["test/tasks/suite.test.ts"],
  },
  {
    id: "junit-errors",
    file: "tasks/lib/junit.ts",
    find: "/<(?:failure|error)\\b/",
    replace: "/<(?:failure)\\b/",
    breaks: "errors of pytest's fixtures pass",
    tests: ["test/tasks/suite.test.ts"],
  },
  {
    id: "bench-limit",
    file: "tasks/bench/compare.ts",
    find: "const differenceMs = 1000 * (typescript - python);",
    replace: "const differenceMs = 1000 * (python - typescript);",
    breaks: "the bench finds TypeScript too slow where Python is",
    tests: ["test/tasks/bench.test.ts"],
  },
  {
    id: "mutants-restored",
    file: "tasks/mutants/try_mutants.ts",
    find: "    await Deno.writeTextFile(path, text);\n",
    replace: "",
    breaks: "mutants add up",
    tests: ["test/tasks/mutants.test.ts"],
  },
];
