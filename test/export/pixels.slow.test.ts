/** What the lines of the model card make of pictures, beside what training and extraction read of them. */
import { expect } from "expect";
import { preprocessing } from "../../src/export/model_card/pixels.ts";
import { venvPython } from "../venv_python.ts";

const compare = `
import json, sys
from pathlib import Path
import numpy as np
from PIL import Image
folder, lines = Path(sys.argv[1]), sys.argv[2]
draws = np.random.default_rng(1)
colours = draws.integers(0, 256, (60, 80, 4), np.uint8)
rgba = Image.fromarray(colours)
rgba.save(folder / "rgba.png")
Image.fromarray(colours[..., 2:]).save(folder / "la.png")
rgba.convert("RGB").quantize(32).save(folder / "palette.png", transparency=bytes(range(0, 256, 8)))
rgba.convert("RGB").save(folder / "grey-key.png", transparency=tuple(map(int, colours[0, 0, :3])))
rgba.convert("RGB").convert("CMYK").save(folder / "cmyk.jpg")
for turn in (1, 6, 7):
    exif = Image.Exif()
    exif[0x0112] = turn
    rgba.convert("RGB").save(folder / f"turned-{turn}.jpg", exif=exif)
made = {}
for path in sorted(folder.iterdir()):
    scope = {}
    exec(lines.replace('"picture.jpg"', repr(str(path))), scope)
    made[path.name] = scope["pixels"]
import torch
from clusterfit.data.augmentation import normalise
from clusterfit.data.decode import decode
from clusterfit.data.fit import fit
from clusterfit.data.view import View
off = {}
for name, pixels in made.items():
    cut = fit(decode((folder / name).read_bytes(), None, "bilinear").pixels, View(size=32), 32)
    own = normalise(torch.from_numpy(cut.copy())[None], torch.float32).permute(0, 3, 1, 2)
    off[name] = (own - pixels).abs().max().item()
print(json.dumps(off))
`;

Deno.test("the card's lines read pictures as the network was trained on them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const lines = preprocessing({
      ...{ size: 32, resize: 32, interpolation: "bilinear" },
      ...{ mean: [0.5, 0.5, 0.5], std: [64 / 255, 64 / 255, 64 / 255] },
    });
    const off = JSON.parse(await venvPython(compare, folder, lines)) as Record<string, number>;
    expect(Object.keys(off)).toHaveLength(8);
    for (const [name, most] of Object.entries(off)) {
      expect([name, most < 1e-5]).toEqual([name, true]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
