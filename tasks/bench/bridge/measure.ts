/** Times the sides in turn, so that what disturbs one disturbs all. */
import { median } from "../compare.ts";
import { rowNames, type Side, type Work } from "./rows.ts";

/** Microseconds of one time each row's work is done, median, by side and row. */
export type Measured = { [side: string]: { [row: string]: number } };

const warmUpMs = 600;
const batchMs = 10;
const rounds = 15;
const rowMs = 2000;

/** Measures each row on each side that has it. */
export async function measure(sides: Readonly<Record<string, Side>>): Promise<Measured> {
  const measured: Measured = Object.fromEntries(Object.keys(sides).map((side) => [side, {}]));
  for (const row of rowNames) {
    const works = Object.entries(sides).flatMap(([side, { [row]: work }]) =>
      work === undefined ? [] : [{ side, work, times: 1, found: [] as number[] }]
    );
    for (const entry of works) entry.times = await calibrate(entry.work);
    const began = performance.now();
    for (let round = 0; round < rounds; round++) {
      for (const { work, times, found } of works) found.push(await time(work, times));
      if (round >= 2 && performance.now() - began > rowMs * works.length) break;
    }
    for (const { side, found } of works) measured[side]![row] = median(found);
  }
  return measured;
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
