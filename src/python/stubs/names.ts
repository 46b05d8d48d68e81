/** The names that Python's modules and types get in TypeScript. */
import type { ModuleNode } from "./nodes.ts";

/** Names by qualified name. */
export interface Names {
  has(id: string): boolean;
  /** Whether the name is that of a declared class, and not only of an alias. */
  declares(id: string): boolean;
  of(id: string): string;
}

/**
 * A module is called by the last part of its name, a type by its own; with more of the module's name in
 * front where that is taken.
 */
export function chooseNames(modules: readonly ModuleNode[]): Names {
  const chosen = new Map<string, string>();
  const declarations = modules.flatMap(({ declarations }) => declarations);
  const declared = new Set(declarations.flatMap(({ id, kind }) => kind === "alias" ? [] : [id]));
  const taken = new Set(reserved);
  const choose = (id: string, candidates: readonly string[]) => {
    if (chosen.has(id)) return;
    let free = candidates.find((name) => !taken.has(name)) ?? candidates.at(-1)!;
    while (taken.has(free)) free += "_";
    taken.add(free);
    chosen.set(id, free);
  };
  for (const { name } of modules) {
    const parts = name.split(".").map(pascal);
    choose(name, parts.map((_, at) => parts.slice(parts.length - 1 - at).join("")));
  }
  for (const { name: module, declarations } of modules) {
    const prefix = module.split(".").map(pascal).join("");
    for (const { id, name } of declarations) {
      choose(id, [name, chosen.get(module)! + name, prefix + name]);
    }
  }
  return {
    has: (id) => chosen.has(id),
    declares: (id) => declared.has(id),
    of: (id) => chosen.get(id) ?? id,
  };
}

/** What a type cannot be called, and what the declarations themselves use. */
const reserved = [
  ..."any bigint boolean never null number object string symbol undefined unknown void".split(" "),
  ..."enum export extends function interface new this type typeof var".split(" "),
  ..."ArrayBuffer Uint8Array py".split(" "),
];

const pascal = (name: string) =>
  name.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
