/** What tells a study from others of the same title. */
import type { Study } from "./study.ts";

/** Names and values, as `["K", "20"]`: its scale where it has several, its facts, its seeds. */
export function studyFacts(
  { scale, facts, seeds }: Pick<Study, "scale" | "facts" | "seeds">,
): (readonly [name: string, value: string])[] {
  return [
    ...(scale === "" ? [] : [["scale", scale] as const]),
    ...facts,
    [seeds.length > 1 ? "seeds" : "seed", seeds.join(", ")],
  ];
}
