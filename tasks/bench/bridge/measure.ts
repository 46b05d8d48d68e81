/** Times the sides in turn, so that what disturbs one disturbs all. */
import { median } from "../compare.ts";
import type { RowName, Side, Work } from "./rows.ts";

/** Microseconds of one time the row's work is done, median, by side. */
export type Measured = Record<string, number>;

const warmUpMs = 600;
const batchMs = 10;
const rounds = 15;
const rowMs = 2000;

/** Measures a row on each side that has it. */
export async function measure(
  sides: Readonly<Record<string, Side>>,
  row: RowName,
): Promise<Measured> {
  const works = Object.entries(sides).flatMap(([side, { [row]: prepare }]) =>
    prepare === undefined ? [] : [{ side, work: prepare(), times: 1, found: [] as number[] }]
  );
  for (const entry of works) entry.times = await calibrate(entry.work);
  const began = performance.now();
  for (let round = 0; round < rounds; round++) {
    for (const { work, times, found } of works) found.push(await time(work, times));
    if (round >= 2 && performance.now() - began > rowMs * works.length) break;
  }
  return Object.fromEntries(works.map(({ side, found }) => [side, median(found)]));
}

/** How many times take about `batchMs`, once V8 has compiled what it wants to: it does so in threads
 * of its own, which takes its time on a busy machine. */
async function calibrate(work: Work): Promise<number> {
  const began = performance.now();
  let times = 1;
  while (true) {
    const each = await time(work, times) / 1000;
    times = Math.ceil(Math.min(10 * times, batchMs / each));
    if (performance.now() - began > warmUpMs) return times;
  }
}

async function time(work: Work, times: number): Promise<number> {
  const began = performance.now();
  await work(times);
  return 1000 * (performance.now() - began) / times;
}
