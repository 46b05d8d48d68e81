import { expect } from "expect";
import { stillView } from "../../src/method/still_view.ts";
import { asStored } from "../../src/models/view.ts";

Deno.test("rows are shown as they are stored, or resized where they are of any size; of clips one frame", () => {
  const pictures = { side: 256, interpolation: "bilinear", packed: true } as const;
  expect(stillView({}, 64)).toEqual(asStored);
  expect(stillView({ frames: 8 }, 64)).toEqual({ ...asStored, frames: 1 });
  expect(stillView({ pictures }, 64)).toEqual({ ...asStored, size: 64 });
  expect(stillView({ videos: true }, 64)).toEqual({ ...asStored, size: 64, frames: 1 });
});
