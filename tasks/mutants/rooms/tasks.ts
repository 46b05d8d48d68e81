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
  {
    id: "fault-made-again",
    file: "tasks/fault/judge.ts",
    find: "if (before.objects.has(event.key)) return",
    replace: "if (before.begun.has(event.key)) return",
    breaks: "what was sealed may be made again after a kill",
    tests: ["test/tasks/fault.test.ts"],
  },
  {
    id: "fault-half",
    file: "tasks/fault/watch_deno.ts",
    find: "const share = { before: 0, middle: 0.5, after: 1 }[fault.moment];",
    replace: "const share = { before: 0, middle: 1, after: 1 }[fault.moment];",
    breaks: "no write is ever stopped half way",
    tests: ["test/tasks/fault.test.ts"],
  },
  {
    id: "fault-spread",
    file: "tasks/fault/draw_faults.ts",
    find: "ofStage.set(place.stage, fewest + 1);",
    replace: "",
    breaks: "kills fall on a few stages",
    tests: ["test/tasks/fault.test.ts"],
  },
];
