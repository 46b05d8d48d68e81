/** The first file of an archive of a run: what it holds, so that all of it can be held to that as it is unpacked. */
import { z } from "zod";
import { seal, unseal } from "../../pipeline/sealed.ts";
import { objectsFolder } from "../../pipeline/store.ts";
import { companionsFolder } from "../companions.ts";
import { isPlain } from "../run_files.ts";

/** Its name in the run's folder. */
export const headFile = "archive.json";

/** Bytes of the longest head that is read: some hundred thousand files. */
export const longestHead = 1 << 25;

/** A folder in `runs` that is shown. */
const runName = z.string().refine(
  (name) => isName(name) && !name.startsWith(".") && name !== objectsFolder && name !== "plans",
  "it is no name of a run's folder",
);

const fileName = z.string().refine(
  (name) => name.split("/").every(isName) && isPacked(name),
  "it is no path of a file of a run",
);

const headSchema = z.object({
  schema: z.literal(1),
  /** Name of the run's folder. */
  run: runName,
  /** In the order of the archive, which is that of their names. */
  files: z.array(z.object({
    name: fileName,
    bytes: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })).refine(
    (files) => files.every(({ name }, at) => at === 0 || files[at - 1]!.name < name),
    "the files are not in the order of their names",
  ).refine((files) => {
    const names = new Set(files.map(({ name }) => name));
    return files.every(({ name }) => !foldersOf(name).some((folder) => names.has(folder)));
  }, "a name is both a file and a folder"),
});

export type ArchiveHead = z.infer<typeof headSchema>;

export function formatHead(head: ArchiveHead): string {
  return `${JSON.stringify(seal(headSchema.parse(head)))}\n`;
}

/** Throws where the text is no head that `formatHead` wrote. */
export function parseHead(text: string): ArchiveHead {
  return headSchema.parse(unseal(JSON.parse(text)));
}

/** What only processes on this machine need. */
const left = ["lock", "linking", companionsFolder, headFile];

/** Whether a file of a run's folder goes into its archive. */
export function isPacked(name: string): boolean {
  return !left.includes(name.split("/")[0]!) && !name.endsWith(".tmp");
}

/** `a` and `a/b` of `a/b/c`. */
function foldersOf(name: string): string[] {
  const parts = name.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** At most 255 bytes, as a file system takes; without characters that a terminal would act on. */
function isName(name: string): boolean {
  return isPlain(name) && !/\p{Cc}/u.test(name) && new TextEncoder().encode(name).length <= 255;
}
