/** Samples of a tar shard: members that share a name up to the first dot (WebDataset's naming). */
import { mediumOf } from "./media.ts";
import type { Notes } from "./notes.ts";
import type { Member } from "./tar.ts";

export interface Sample {
  readonly picture: Member;
  /** What is said of it, by the form: at most one of each. */
  readonly labels: { readonly [Form in LabelForm]?: Member };
}

/** Behind the first dot of the members that hold labels; where samples have several, the first counts. */
export const labelForms = ["cls", "json", "txt"] as const;
export type LabelForm = (typeof labelForms)[number];

/** The samples with a picture. It is the first that has nothing but a picture's extension behind the first dot;
 * where there is none, as in `a.2024.jpg`, each that ends in one is a sample. Of members of one name the last
 * counts, as when a tar file is unpacked. */
export function samplesOf(members: readonly Member[], notes: Notes, shard: string): Sample[] {
  const last = new Map(members.map((member) => [member.name, member]));
  const named = [...last.values()].flatMap((member) => {
    const [, key, field] = /^((?:.*\/)?[^/.]+)\.([^/]*)$/s.exec(member.name) ?? [];
    return key === undefined ? [] : [{ key, field: field!.toLowerCase(), member }];
  });
  return [...Map.groupBy(named, ({ key }) => key)].flatMap(([key, ofKey]) => {
    const pictures = ofKey.filter(({ field }) => mediumOf(`x.${field}`) === "picture");
    const plain = pictures.find(({ field }) => !field.includes("."));
    const taken = plain ? [plain] : pictures;
    if (taken.length === 0) notes.leave("samples of shards without a picture", `${shard}/${key}`);
    for (const { member } of pictures) {
      if (taken.every((one) => one.member !== member)) {
        notes.leave("further pictures of samples of shards", `${shard}/${member.name}`);
      }
    }
    const labels = Object.fromEntries(labelForms.flatMap((form) => {
      const found = ofKey.find(({ field }) => field === form);
      return found ? [[form, found.member]] : [];
    }));
    return taken.map(({ member: picture }) => ({ picture, labels }));
  });
}
