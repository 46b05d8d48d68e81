import { expect } from "expect";
import { cropShare } from "../../src/export/model_config.ts";

Deno.test("timm resizes to exactly the side that was asked for", () => {
  for (let resize = 8; resize <= 600; resize++) {
    for (const size of [16, 32, 37, 48, 64, 96, 128, 160, 192, 224, 256, 299, 336, 384, 448, 512]) {
      if (size > resize) continue;
      expect([size, Math.floor(size / cropShare(size, resize))]).toEqual([size, resize]);
    }
  }
  expect(cropShare(224, 256)).toBe(0.875);
  expect(cropShare(32, 32)).toBe(1);
});
