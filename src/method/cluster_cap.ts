/** How many rows a cluster may hold. */
import { UserError } from "../pipeline/errors.ts";

/**
 * What is asked for: the smaller of both counts.
 *
 * @internal
 */
export interface Cap {
  /** Rows of a cluster at most, where given. */
  readonly maxSize?: number;
  /** Likewise, as so many times rows / K. */
  readonly balance?: number;
}

/** The cap in options or a config, with nothing where nothing is asked for: a config is hashed as it is. */
export function askedCap({ maxSize, balance }: Cap): Cap {
  return {
    ...(maxSize !== undefined && { maxSize }),
    ...(balance !== undefined && { balance }),
  };
}

/** Of a cluster's rows, the most that options allow; none where they say nothing of it. */
export function capOf(
  { maxSize = Infinity, balance = Infinity, k }: Cap & { readonly k: number },
  rows: number,
): number | undefined {
  const most = Math.min(maxSize, Math.ceil(balance * rows / k));
  return Number.isFinite(most) ? most : undefined;
}

/** Throws a UserError unless clusters of `most` rows at most have room for all. */
export function checkRoom(k: number, most: number, rows: number): void {
  if (k * most >= rows) return;
  const [caps, all, clusters, room, enough] = [most, rows, k, k * most, Math.ceil(rows / k)]
    .map((value) => value.toLocaleString("en"));
  throw new UserError(
    `Cannot keep clusters below ${caps} rows: it needs room for ${all}, found ${clusters} clusters, ` +
      `which is room for ${room}. Give ${enough} rows or more, or more clusters.`,
  );
}
