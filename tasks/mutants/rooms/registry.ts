/** Lines of src/registry. */
import type { Listed } from "../mutant.ts";

export const registry: readonly Listed[] = [
  {
    id: "verified-report",
    file: "src/registry/followed_run.ts",
    find: `if (sha256 === events.published["report.html"]) return text;`,
    replace: "if (text) return text;",
    breaks: "the server shows a changed report",
    tests: ["test/server/app.test.ts"],
  },
  {
    id: "verified-summary",
    file: "src/registry/followed_run.ts",
    find: `        await run.artifactFile("summary", "summary.json");\n`,
    replace: "",
    breaks: "the server shows a changed summary",
    tests: ["test/server/app.test.ts"],
  },
  {
    id: "run-held",
    file: "src/registry/followed_run.ts",
    find: "isHeld = () => isLocked(files.path(name))",
    replace: "isHeld = () => true",
    breaks: "a killed run is shown as running for ever",
    tests: ["test/server/app.test.ts", "test/registry/followed_run.test.ts"],
  },
  {
    id: "files-links",
    file: "src/registry/run_files.ts",
    find: "    if (stat.isSymlink) throw isLink(file);\n",
    replace: "",
    breaks: "a link is looked at",
    tests: ["test/registry/run_files.test.ts"],
  },
  {
    id: "files-folders",
    file: "src/registry/run_files.ts",
    find: "if (await Deno.realPath(path) !== path) throw",
    replace: "if (await Deno.realPath(path) === undefined) throw",
    breaks: "files behind linked folders are shown",
    tests: ["test/registry/run_files.test.ts"],
  },
  {
    id: "files-names",
    file: "src/registry/run_files.ts",
    find: `return !["", ".", ".."].includes(name) &&`,
    replace: `return ![""].includes(name) &&`,
    breaks: "names may lead out of the folder of runs",
    tests: ["test/registry/run_files.test.ts"],
  },
];
