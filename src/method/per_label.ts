/** How many clusters each label gets in per-label clustering (paper, section 5, Figure 6). */

/** k_l = K * sqrt(n_l) / sum of sqrt(n), rounded by largest remainders so that they sum to K, each from 1 to n_l.
 * `sizes`: rows of each label; labels without rows get none. Throws a RangeError where K cannot be shared out. */
export function clustersPerLabel(k: number, sizes: readonly number[]): readonly number[] {
  const labels = sizes.filter((size) => size > 0).length;
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  if (k < labels || k > rows) {
    throw new RangeError(
      `Cannot cluster per label: it needs K from ${labels}, one for each label, to ${rows}, the rows, ` +
        `found ${k}.`,
    );
  }
  const shares = sizes.map(Math.sqrt);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const wanted = shares.map((share) => k * share / total);
  const counts = wanted.map((share, label) => {
    const size = sizes[label] ?? 0;
    return Math.min(size, Math.max(size > 0 ? 1 : 0, Math.floor(share)));
  });
  const sum = () => counts.reduce((a, b) => a + b, 0);
  const step = (by: 1 | -1) => {
    const [best] = counts
      .map((count, label) => ({ label, count, lack: (wanted[label] ?? 0) - count }))
      .filter(({ label, count }) => by > 0 ? count < (sizes[label] ?? 0) : count > 1)
      .sort((a, b) => by * (b.lack - a.lack) || a.label - b.label);
    if (best) counts[best.label] = best.count + by;
  };
  while (sum() < k) step(1);
  while (sum() > k) step(-1);
  return counts;
}
