/** One icon, with every name it goes by. */
export interface Icon {
  /** Name of its icon set. */
  readonly set: string;
  readonly name: string;
  /** Names of the set's aliases of this icon, turned and mirrored ones included. */
  readonly aliases: readonly string[];
  readonly svg: string;
  /** Unicode code points in hex, joined by "-", where the set gives them: "1f600". */
  readonly character?: string;
  /** The set's own category, where it has categories. */
  readonly category?: string;
}

/** `set:name`, as error messages and manifests write it. */
export function iconId(icon: Pick<Icon, "set" | "name">): string {
  return `${icon.set}:${icon.name}`;
}

/** The name in such an id; a source without one is a name. */
export function iconName(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}
