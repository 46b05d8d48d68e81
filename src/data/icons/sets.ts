/** The icon sets, their licences and what each is for. A set has one use, so nothing drawn by its
 * family can be on both sides of a split. */
import type { Split } from "../split.ts";

/** Licences that allow use and redistribution; none is NC, GPL or a collection of logos. */
export type Licence = "Apache-2.0" | "MIT" | "ISC" | "CC-BY-4.0" | "CC-BY-SA-4.0";

interface SetFacts {
  /** npm package `@iconify-json/<name>`, pinned in deno.json. */
  readonly name: string;
  readonly title: string;
  /** Who drew it: sets of one family share icons. */
  readonly family: string;
  /** SPDX identifier, as the package's own `info.json` states it. */
  readonly licence: Licence;
}

/** One-colour icons: either images to pre-train on or a held-out family of the names targets. */
export interface GlyphSet extends SetFacts {
  readonly kind: "glyphs";
  readonly use: "pretraining" | Split;
}

/** Coloured emoji of one vendor: targets only. */
export interface EmojiSet extends SetFacts {
  readonly kind: "emoji";
  readonly use: Split;
}

export type IconSet = GlyphSet | EmojiSet;

const glyphs = (
  use: GlyphSet["use"],
  name: string,
  title: string,
  family: string,
  licence: Licence,
): GlyphSet => ({ kind: "glyphs", use, name, title, family, licence });

const emoji = (
  use: EmojiSet["use"],
  name: string,
  title: string,
  family: string,
  licence: Licence,
): EmojiSet => ({ kind: "emoji", use, name, title, family, licence });

export const iconSets: readonly IconSet[] = [
  glyphs("pretraining", "mdi", "Material Design Icons", "material", "Apache-2.0"),
  glyphs("pretraining", "ph", "Phosphor", "phosphor", "MIT"),
  glyphs("pretraining", "tabler", "Tabler Icons", "feather", "MIT"),
  glyphs("pretraining", "lucide", "Lucide", "feather", "ISC"),
  glyphs("pretraining", "fluent", "Fluent UI System Icons", "fluent", "MIT"),
  glyphs("pretraining", "solar", "Solar", "solar", "CC-BY-4.0"),
  glyphs("train", "bi", "Bootstrap Icons", "bootstrap", "MIT"),
  glyphs("train", "carbon", "Carbon", "carbon", "Apache-2.0"),
  glyphs("train", "hugeicons", "Huge Icons", "hugeicons", "MIT"),
  glyphs("train", "mingcute", "MingCute", "mingcute", "Apache-2.0"),
  glyphs("validation", "iconoir", "Iconoir", "iconoir", "MIT"),
  glyphs("validation", "ion", "IonIcons", "ionic", "MIT"),
  glyphs("test", "icon-park-outline", "IconPark", "iconpark", "Apache-2.0"),
  glyphs("test", "tdesign", "TDesign", "tdesign", "MIT"),
  glyphs("test", "uil", "Unicons", "unicons", "Apache-2.0"),
  emoji("train", "twemoji", "Twemoji", "twitter-emoji", "CC-BY-4.0"),
  emoji("train", "openmoji", "OpenMoji", "openmoji", "CC-BY-SA-4.0"),
  emoji("validation", "noto", "Noto Emoji", "google-emoji", "Apache-2.0"),
  emoji("test", "fluent-emoji-flat", "Fluent Emoji Flat", "microsoft-emoji", "MIT"),
];

export const pretrainingSets = iconSets.filter(isGlyphs).filter(({ use }) => use === "pretraining");
export const emojiSets = iconSets.filter(isEmoji);

/** The held-out glyph sets: those of the names targets. */
export const heldOutGlyphSets = iconSets.filter(isGlyphs).flatMap(({ use, ...set }) =>
  use === "pretraining" ? [] : [{ ...set, use }]
);

function isGlyphs(set: IconSet): set is GlyphSet {
  return set.kind === "glyphs";
}

function isEmoji(set: IconSet): set is EmojiSet {
  return set.kind === "emoji";
}
