/** Every import of a source tree, as Deno's own parser sees it. */
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sourceFiles } from "./source_files.ts";

export interface Import {
  /** The importing file, relative to the root: `src/cli/main.ts`. */
  readonly from: string;
  /** A file relative to the root, or the name of an npm package. */
  readonly to: string;
  readonly kind: "file" | "package";
  readonly typeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

/** The imports of all TypeScript files in `folders` of `root`: static, type-only and dynamic. */
export async function readImports(root: string, folders: readonly string[]): Promise<Import[]> {
  const files = folders.flatMap((folder) => sourceFiles(root, folder));
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = files.map((file) =>
      `import ${JSON.stringify(pathToFileURL(join(root, file)))};`
    );
    await Deno.writeTextFile(entry, imports.join("\n"));
    const { modules } = await denoInfo(root, entry);
    const wanted = new Set(files);
    return modules.flatMap((module) => {
      const from = localPath(root, module.specifier);
      if (from === undefined || !wanted.has(from)) return [];
      return (module.dependencies ?? []).flatMap((dependency) => toImport(root, from, dependency));
    });
  } finally {
    await Deno.remove(entry);
  }
}

/** What is read of `deno info --json`. */
interface Resolution {
  readonly specifier?: string;
  readonly span: { readonly start: { readonly line: number } };
}

interface Dependency {
  readonly specifier: string;
  readonly code?: Resolution;
  readonly type?: Resolution;
}

interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

async function denoInfo(root: string, entry: string): Promise<Info> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-lock", "--config", join(root, "deno.json"), entry],
  }).output();
  if (!success) throw new Error(`deno info failed: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout)) as Info;
}

function toImport(root: string, from: string, { specifier, code, type }: Dependency): Import[] {
  const resolution = code ?? type;
  if (resolution === undefined) return [];
  const target = resolution.specifier ?? specifier;
  const common = { from, typeOnly: code === undefined, line: resolution.span.start.line + 1 };
  const file = localPath(root, target);
  if (file !== undefined) return [{ ...common, to: file, kind: "file" }];
  const name = packageName(target);
  return name === undefined ? [] : [{ ...common, to: name, kind: "package" }];
}

function localPath(root: string, specifier: string): string | undefined {
  if (!specifier.startsWith("file:")) return undefined;
  return relative(root, fileURLToPath(specifier)).replaceAll(sep, "/");
}

/** `npm:/@scope/name@1.2.3/file` -> `@scope/name`; nothing for what comes with Deno. */
function packageName(specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return undefined;
  return /^(?:npm:\/?)?((?:@[^/@]+\/)?[^/@]+)/.exec(specifier)?.[1];
}
