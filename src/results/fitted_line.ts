/** The straight line that fits points best: least squares. */

/** Its value at the first x and at the last. Throws a RangeError where no two x differ. */
export function endsOfFit(
  points: readonly { readonly x: number; readonly y: number }[],
): readonly [first: number, last: number] {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread = mean(points.map(({ x }) => (x - x0) ** 2));
  if (!(spread > 0)) throw new RangeError("Cannot fit a line: it needs two places that differ.");
  const slope = mean(points.map(({ x, y }) => (x - x0) * (y - y0))) / spread;
  const at = ({ x }: { readonly x: number }) => y0 + slope * (x - x0);
  return [at(points.at(0)!), at(points.at(-1)!)];
}
