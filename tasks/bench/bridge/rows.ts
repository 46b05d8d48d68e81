/** What is measured: the same work for each side. */

/** Aims: at most so many times the floor, or so many microseconds. */
type Aim = { readonly timesFloor: number } | { readonly microseconds: number };

interface Row {
  readonly title: string;
  readonly aim: Aim;
}

export const rows = {
  call: { title: "add(1, 2), and the int back", aim: { timesFloor: 2 } },
  attribute: { title: "point.x, and the int back", aim: { timesFloor: 2 } },
  kwargs: { title: "add3(1, b=2, c=3), and the int back", aim: { timesFloor: 2 } },
  callback: { title: "Python calls a JS function with (1, 2)", aim: { timesFloor: 2 } },
  floatsToPython: { title: "100,000 floats, Array to list", aim: { microseconds: 3000 } },
  floatsFromPython: { title: "100,000 floats, list to Array", aim: { microseconds: 3000 } },
  arrayToPython: { title: "10000 x 128 float32 to an ndarray", aim: { microseconds: 200 } },
  arrayFromPython: { title: "10000 x 128 float32 from an ndarray", aim: { microseconds: 200 } },
  tensorView: { title: "1 GB torch tensor as a Float32Array", aim: { microseconds: 200 } },
  job: { title: "a call on a Python thread and back", aim: { microseconds: 100 } },
} as const satisfies Record<string, Row>;

export type RowName = keyof typeof rows;
export const rowNames = Object.keys(rows) as RowName[];

/** Does the work of one row so many times. */
export type Work = (times: number) => void | Promise<void>;

/** One way to do the work: for each row what makes it ready, in the process that measures it. */
export type Side = { readonly [row in RowName]?: () => Work };

export const shape = [10_000, 128] as const;
export const floatCount = 100_000;
export const gigabyte = 2 ** 28; // float32 elements

export const randomFloats = (): number[] => Array.from({ length: floatCount }, () => Math.random());
