/** Every target of the icon world, in the order of tables. A new one has its own file and a line here. */
import { alignedNames } from "./aligned_names.ts";
import { allNames } from "./all_names.ts";
import { emojiCategory } from "./emoji_category.ts";
import { emojiIdentity } from "./emoji_identity.ts";
import { heldOutFamilies } from "./held_out_families.ts";
import type { IconTarget } from "./target.ts";
import { unseenNames } from "./unseen_names.ts";

export const iconTargets: readonly IconTarget[] = [
  alignedNames,
  heldOutFamilies,
  allNames,
  unseenNames,
  emojiIdentity,
  emojiCategory,
];
