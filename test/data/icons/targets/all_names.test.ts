import { expect } from "expect";
import type { PretrainingCard, TargetCard } from "../../../../src/data/icons/cards.ts";
import { allNames, positivesMinimum } from "../../../../src/data/icons/targets/all_names.ts";
import { seenMinimum } from "../../../../src/data/icons/targets/choose_names.ts";
import { splits } from "../../../../src/data/split.ts";
import { UserError } from "../../../../src/pipeline/errors.ts";

/** Rows that carry `tokens`, so many in each part. */
const rows = (tokens: string[], [train, validation, test]: [number, number, number]) =>
  [train, validation, test].flatMap((count, part) =>
    Array.from({ length: count }, () => ({ tokens, part: splits[part] ?? "train" }))
  );

const card = (...all: ReturnType<typeof rows>[]): TargetCard => ({
  parts: all.flat().map(({ part }) => part),
  chosen: { classes: [], labels: [] },
  tokens: all.flat().map(({ tokens }) => tokens),
});

const pretraining = (seen: Record<string, number>): PretrainingCard => ({
  digests: [],
  seen,
  hashtags: { names: [], labels: [] },
});

const enough = positivesMinimum;

Deno.test("a row has every class among its tokens, and no other", () => {
  const target = card(
    rows(["home", "arrow", "lock"], [enough, enough, enough]),
    rows(["arrow"], [2, 0, 1]),
    rows(["lock"], [1, 1, 1]),
    rows(["nothing"], [1, 0, 0]),
  );
  const seen = { arrow: seenMinimum, home: seenMinimum, lock: seenMinimum };
  const { kind, names, labels } = allNames.labels(target, pretraining(seen));
  expect(kind).toBe("multi");
  expect(names).toEqual(["arrow", "home", "lock"]);
  const named = labels.map((ofRow) => [ofRow].flat().map((label) => names[label]).sort());
  const known = target.tokens.map((tokens) => tokens.filter((token) => token in seen).sort());
  expect(named).toEqual(known);
});

Deno.test("a class is carried by enough icons of every part and of pre-training", () => {
  const target = card(
    rows(["fits"], [enough, enough, enough]),
    rows(["train"], [enough - 1, enough, enough]),
    rows(["validation"], [enough, enough - 1, enough]),
    rows(["test"], [enough, enough, enough - 1]),
    rows(["rare"], [enough, enough, enough]),
    rows(["toString"], [enough, enough, enough]),
    rows(["unseen"], [enough, enough, enough]),
  );
  const seen = { train: 99, validation: 99, test: 99, rare: seenMinimum - 1, fits: seenMinimum };
  expect(allNames.labels(target, pretraining(seen)).names).toEqual(["fits"]);
});

Deno.test("a target without any class is a mistake that says what is needed", () => {
  const labels = () => allNames.labels(card(rows(["home"], [1, 1, 1])), pretraining({ home: 99 }));
  expect(labels).toThrow(UserError);
  expect(labels).toThrow(/Cannot label the target "All names, held-out families": it needs names/);
});
