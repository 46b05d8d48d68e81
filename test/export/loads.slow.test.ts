/** What an exported network answers in the libraries that load it. */
import { expect } from "expect";
import { join } from "node:path";
import { exportRun } from "../../src/export/export_run.ts";
import { formats } from "../../src/export/formats.ts";
import { networkFile } from "../../src/models/network.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import { venvPython } from "../venv_python.ts";
import { engine, madeUpRun } from "./made_up_run.ts";

/** Answers for the same pictures: ours, then those of each way to load the folder; prints how far they are off. */
const compare = `
import json, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from clusterfit import models
from clusterfit.data.augmentation import normalise
import torch, torchvision, numpy as np, onnxruntime, safetensors.torch
from PIL import Image
own, folder, arch, width = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
config = json.loads((Path(folder) / "config.json").read_text())
size = config["pretrained_cfg"]["input_size"][1]
pictures = [
    Image.fromarray(np.random.default_rng(row).integers(0, 256, (size + 9, size + 30, 3), np.uint8))
    for row in range(3)
]
def cut(picture):  # as a view without preprocessing reads a picture
    height, width = picture.height, picture.width
    side = (round(width * size / height), size) if height < width else (size, round(height * size / width))
    resized = picture.resize(side, Image.Resampling.BILINEAR)
    left, top = round((side[0] - size) / 2), round((side[1] - size) / 2)
    return np.asarray(resized.crop((left, top, left + size, top + size)))
images = torch.from_numpy(np.stack([cut(picture) for picture in pictures]))
pixels = normalise(images, torch.float32).permute(0, 3, 1, 2).contiguous()
net = models.load(arch, own, width=width)
found = {}
with torch.inference_mode():
    features = net.embed(pixels)
    expected = [features, net.fc(features)]
    session = onnxruntime.InferenceSession(folder + "/model.onnx")
    found["onnx"] = [torch.from_numpy(x) for x in session.run(["features", "logits"], {"pixels": pixels.numpy()})]
    found["torch.export"] = torch.export.load(folder + "/model.pt2").module()(pixels)
    if arch == "resnet18":
        import timm
        theirs = timm.create_model("local-dir:" + folder, pretrained=True).eval()
        transform = timm.data.create_transform(**timm.data.resolve_model_data_config(theirs))
        read = torch.stack([transform(picture) for picture in pictures])
        pooled = theirs.forward_head(theirs.forward_features(pixels), pre_logits=True)
        found["timm"] = [pooled, theirs(pixels)]
        found["timm's pixels"] = [read, None]
        plain = torchvision.models.resnet18(num_classes=config["num_classes"]).eval()
        plain.load_state_dict(safetensors.torch.load_file(folder + "/model.safetensors"))
        found["torchvision"] = [None, plain(pixels)]
    else:
        from load import load
        found["load.py"] = [None, load()(pixels)]
off = {}
for name, answers in found.items():
    wanted = [pixels, None] if "pixels" in name else expected
    off[name] = max((a - b).abs().max().item() for a, b in zip(wanted, answers) if b is not None)
print(json.dumps({"off": off, "largest": expected[1].abs().max().item()}))
`;

for (
  const [arch, width, size] of [["resnet10-small", 8, null], ["resnet18", 64, 64]] as const
) {
  Deno.test(`${arch} answers everywhere as it does here`, async () => {
    await using made = await madeUpRun({ arch, width, size });
    const out = join(made.runs, "out");
    await exportRun({
      ...{
        run: made.run,
        out,
        engine,
        choice: { at: {} },
        formats,
        page: false,
        license: null,
        versions: {},
      },
      ...{ threads: 1, say() {}, signal: new AbortController().signal },
    });
    const own = join(runPaths(made.dir).artifact("seed-7.ncf"), networkFile);
    const { off, largest } = JSON.parse(
      await venvPython(compare, own, out, arch, String(width)),
    );
    expect(largest).toBeGreaterThan(0.1);
    expect(Object.keys(off)).toEqual(
      arch === "resnet18"
        ? ["onnx", "torch.export", "timm", "timm's pixels", "torchvision"]
        : ["onnx", "torch.export", "load.py"],
    );
    for (const [, difference] of Object.entries(off)) expect(difference).toBeLessThan(2e-5);
  });
}
