/** Which icons to pre-train on, and one noisy name token of each as its hashtag. */
import { UserError } from "../../pipeline/errors.ts";
import { shuffled, uniform } from "../draw.ts";
import { type Icon, iconId } from "./icon.ts";
import { allTokensOf, emojiWords, tokensOf } from "./names.ts";

/** Icons that share a token, at least, for the token to be a hashtag. */
export const hashtagMinimum = 60;
/** Share of the rarer words that pre-training never sees: they make the target of unseen names. */
export const heldOutShare = 0.5;
/** A word that more icons than this carry is not held out: it would take too many of them along. */
export const heldOutMaximum = 120;

export interface TaggedIcon extends Icon {
  /** Index into `vocabulary`: one of the icon's hashtags, drawn once. */
  readonly hashtag: number;
}

export interface PretrainingDraw {
  readonly seed: number;
  /** Hashtags: the commonest ones; all where null. */
  readonly names: number | null;
}

export interface PretrainingChoice {
  /** Every icon that may be drawn, in the order of the draw. */
  readonly icons: readonly TaggedIcon[];
  /** The hashtags, sorted. */
  readonly vocabulary: readonly string[];
  /** Token -> number of `icons` that carry it in a name or an alias. A word that is not here is held out. */
  readonly seen: Readonly<Record<string, number>>;
}

/** `all` icons of the pre-training sets, less those that carry a held-out word, look like emoji or have no
 * hashtag. Throws a UserError where none is left, or where there are fewer hashtags than `names`. */
export function choosePretraining(
  all: readonly Icon[],
  { seed, names }: PretrainingDraw,
): PretrainingChoice {
  const frequency = count(all.map(allTokensOf));
  const heldOut = (token: string) =>
    (frequency.get(token) ?? 0) <= heldOutMaximum &&
    uniform(seed, `word ${token}`) < heldOutShare;
  const pool = all.filter((icon) =>
    !allTokensOf(icon).some((token) => emojiWords.has(token) || heldOut(token))
  );
  const vocabulary = commonest(pool, names).sort();
  const indexOf = new Map(vocabulary.map((token, index) => [token, index]));
  const tagged = pool.flatMap((icon): TaggedIcon[] => {
    const hashtags = tokensOf(icon.name).flatMap((token) => indexOf.get(token) ?? []);
    const hashtag = hashtags[Math.floor(uniform(seed, `tag ${iconId(icon)}`) * hashtags.length)];
    return hashtag === undefined ? [] : [{ ...icon, hashtag }];
  });
  return {
    icons: shuffled(seed, tagged, iconId),
    vocabulary,
    seen: Object.fromEntries(
      [...count(tagged.map(allTokensOf))].sort(([a], [b]) => a < b ? -1 : 1),
    ),
  };
}

/** The tokens that `hashtagMinimum` icons or more have in their names; the `names` commonest of them, where
 * that is not null. Tokens of equal count go by the alphabet. */
function commonest(pool: readonly Icon[], names: number | null): string[] {
  const frequent = [...count(pool.map(({ name }) => tokensOf(name)))]
    .filter(([, icons]) => icons >= hashtagMinimum)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([token]) => token);
  const needed = names ?? 1;
  if (frequent.length < needed) {
    throw new UserError(
      `Cannot draw icons to pre-train on: it needs ${needed} names that ${hashtagMinimum} icons share, ` +
        `found ${frequent.length} among ${pool.length} icons. Ask for fewer names, or reinstall the ` +
        "icon sets with `deno install`.",
    );
  }
  return frequent.slice(0, names ?? undefined);
}

function count(lists: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of lists) {
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}
