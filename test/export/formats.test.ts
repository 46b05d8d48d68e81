import { expect } from "expect";
import { parseFormats } from "../../src/export/formats.ts";

Deno.test("formats are named once each, in one order", () => {
  expect(parseFormats("torch-export, onnx,onnx")).toEqual(["onnx", "torch-export"]);
  expect(() => parseFormats("onnx,tflite")).toThrow(
    'Cannot export as "tflite": it needs some of safetensors, onnx, torch-export.',
  );
});
