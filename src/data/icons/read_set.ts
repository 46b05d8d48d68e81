/** Reads one Iconify package into icons. An alias is another name of an icon, never an icon. */
import { z } from "zod";
import { UserError } from "../../pipeline/errors.ts";
import type { Icon } from "./icon.ts";
import { infoReaders } from "./info_readers.ts";
import type { IconSet } from "./sets.ts";

const box = { left: z.number(), top: z.number(), width: z.number(), height: z.number() };
const partialBox = z.object(box).partial().shape;

/** `icons.json`, as https://iconify.design/docs/types/iconify-json.html has it. */
const iconsSchema = z.object({
  ...partialBox,
  icons: z.record(
    z.string(),
    z.object({ ...partialBox, body: z.string(), hidden: z.boolean().optional() }),
  ),
  aliases: z.record(z.string(), z.object({ parent: z.string() })).optional(),
});
const infoSchema = z.object({ license: z.object({ spdx: z.string() }) });
const metadataSchema = z.object({
  categories: z.record(z.string(), z.array(z.string())).optional(),
});
const charactersSchema = z.record(z.string(), z.string());

/** The files of a package that we read; `chars.json` is missing where the set has no characters. */
export interface SetFiles {
  readonly icons: unknown;
  readonly info: unknown;
  readonly metadata: unknown;
  readonly chars: unknown;
}

/** Every visible icon of `set`. Throws a UserError where the package is not installed, not as
 * Iconify describes it, empty, or under another licence than the catalogue states. */
export async function readIconSet(set: IconSet): Promise<Icon[]> {
  try {
    const [icons, info, metadata, chars] = await Promise.all([
      readPackageFile(set, "icons.json"),
      readInfo(set),
      readPackageFile(set, "metadata.json"),
      set.kind === "emoji" ? readPackageFile(set, "chars.json") : {},
    ]);
    return parseIconSet(set, { icons, info, metadata, chars });
  } catch (error) {
    const found = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(
      `Cannot read the icon set ${set.name}: it needs the npm package @iconify-json/${set.name} as ` +
        `deno.json pins it, found: ${found}. Run \`deno install\` and try again.`,
      { cause: error },
    );
  }
}

export function parseIconSet(set: IconSet, files: SetFiles): Icon[] {
  const { icons, aliases = {}, ...outer } = iconsSchema.parse(files.icons);
  const licence = infoSchema.parse(files.info).license.spdx;
  if (licence !== set.licence) {
    throw new Error(`its licence is ${licence}, the catalogue says ${set.licence}`);
  }
  const categoryOf = invert(metadataSchema.parse(files.metadata).categories ?? {});
  const characterOf = new Map(
    Object.entries(charactersSchema.parse(files.chars)).map(([character, name]) => [
      name,
      character,
    ]),
  );
  const aliasesOf = Map.groupBy(Object.keys(aliases), (alias) => rootOf(alias, icons, aliases));
  const visible = Object.entries(icons).filter(([, { hidden }]) => !hidden);
  if (visible.length === 0) throw new Error("it holds no icons");
  return visible.map(([name, icon]) => ({
    set: set.name,
    name,
    aliases: aliasesOf.get(name) ?? [],
    svg: svgOf({ left: 0, top: 0, width: 16, height: 16, ...outer, ...icon }),
    character: characterOf.get(name),
    category: categoryOf.get(name),
  }));
}

/** The icon that a chain of aliases ends at. */
function rootOf(
  alias: string,
  icons: Readonly<Record<string, unknown>>,
  aliases: Readonly<Record<string, { readonly parent: string }>>,
): string {
  const passed = new Set<string>();
  let name = alias;
  while (!(name in icons)) {
    const next = aliases[name]?.parent;
    if (next === undefined || passed.has(name)) throw new Error(`alias ${alias} has no icon`);
    passed.add(name);
    name = next;
  }
  return name;
}

function svgOf(
  icon: { left: number; top: number; width: number; height: number; body: string },
): string {
  const viewBox = [icon.left, icon.top, icon.width, icon.height].join(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="32" height="32" viewBox="${viewBox}">${icon.body}</svg>`;
}

function invert(lists: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(
    Object.entries(lists).flatMap(([key, names]) => names.map((name) => [name, key] as const)),
  );
}

async function readInfo(set: IconSet): Promise<unknown> {
  const read = infoReaders[set.name];
  if (read === undefined) throw new Error("no such set in info_readers.ts");
  return (await read()).default;
}

async function readPackageFile(set: IconSet, file: string): Promise<unknown> {
  const url = import.meta.resolve(`@iconify-json/${set.name}/${file}`);
  return JSON.parse(await Deno.readTextFile(new URL(url)));
}
