import { expect } from "expect";
import { python } from "clusterfit/deno-python";

const np = python.import("numpy");

Deno.test("a slice in a string reads a part of a list", () => {
  const list = python.list([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const parts: Record<string, number[]> = {
    "1:": [2, 3, 4, 5, 6, 7, 8, 9],
    "1:2": [2],
    ":2": [1, 2],
    ":2:": [1, 2],
    "0:3:2": [1, 3],
    "-2:": [8, 9],
    "::2": [1, 3, 5, 7, 9],
    "::-1": [9, 8, 7, 6, 5, 4, 3, 2, 1],
    "6:-9:-3": [7, 4],
    " 1 : 3 ": [2, 3],
    ":": [1, 2, 3, 4, 5, 6, 7, 8, 9],
    "5:2": [],
  };
  for (const [slice, part] of Object.entries(parts)) expect(list[slice].valueOf()).toEqual(part);
  expect(String(python.str("hello")["::-1"])).toBe("olleh");
});

Deno.test("a slice in a string writes to a list and to an array", () => {
  const list = python.list([1, 2, 3, 4]);
  list["1:3"] = ["x"];
  expect(list.valueOf()).toEqual([1, "x", 4]);
  for (const [slice, result] of [["1:", [1, -5, -5, -5]], ["1::2", [1, -5, 3, -5]]] as const) {
    const array = np.array([1, 2, 3, 4]);
    array[slice] = -5;
    expect(array.tolist().valueOf()).toEqual(result);
  }
});

Deno.test("several indices, slices and ellipses in a string select from an array", () => {
  const a_33 = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
  expect(a_33["0, :"].tolist().valueOf()).toEqual([1, 2, 3]);
  expect(a_33["1:, ::2"].tolist().valueOf()).toEqual([[4, 6], [7, 9]]);
  expect(a_33["1:2, ::-1"].tolist().valueOf()).toEqual([[6, 5, 4]]);
  expect(a_33["1:, 0"].tolist().valueOf()).toEqual([4, 7]);
  expect(a_33[" 1  :  , : :  2         "].tolist().valueOf()).toEqual([[4, 6], [7, 9]]);
  expect(a_33["-1, -1"].item().valueOf()).toBe(9);
  expect(a_33["..."].tolist().valueOf()).toEqual(a_33.tolist().valueOf());
  const a_2222 = np.arange(16).reshape(2, 2, 2, 2);
  expect(a_2222["1, ..., 1"].tolist().valueOf()).toEqual([[9, 11], [13, 15]]);
  expect(a_2222["0, :, 1, :"].tolist().valueOf()).toEqual([[2, 3], [6, 7]]);
});

Deno.test("several indices in a string write to an array", () => {
  const array = np.arange(15).reshape(3, 5);
  array["1:, ::2"] = -99;
  array["0, 0"] = 7;
  expect(array.tolist().valueOf()).toEqual([
    [7, 1, 2, 3, 4],
    [-99, 6, -99, 8, -99],
    [-99, 11, -99, 13, -99],
  ]);
});

Deno.test("a slice that fails is an error, for reading and for writing", () => {
  const array = np.zeros([2, 2]);
  expect(() => array["0, 0, 0"]).toThrow("IndexError");
  expect(() => array["5, :"]).toThrow("IndexError");
  expect(() => array["0, :"] = [1, 2, 3]).toThrow("ValueError");
  expect(() => python.list([1])["::0"]).toThrow("ValueError: slice step cannot be zero");
});
