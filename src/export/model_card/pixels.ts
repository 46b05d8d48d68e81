/** How a picture becomes what an exported network reads: Python lines without this program. */
import type { Reading } from "../reading.ts";

/** They make `pixels` of picture.jpg, and of others by `upright` and `read`: as the index of a run decodes them, but
 * for 16-bit grey. The first import of torchvision is that of the snippets (py/clusterfit/models/source.py). */
export function preprocessing({ size, resize, interpolation, mean, std }: Reading): string {
  return `
from PIL import Image, ImageOps
import torch
try:
    import torchvision
except RuntimeError:  # built for another PyTorch: it misses two operators
    for operator in ("torchvision::nms", "torchvision::qnms"):
        torch.library.define(operator, "(Tensor a, Tensor b, float c) -> Tensor")
    import torchvision
from torchvision.transforms import v2

def upright(file):  # turned as EXIF says, over white where it is transparent
    image = ImageOps.exif_transpose(Image.open(file))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")

read = v2.Compose([
    v2.Resize(${resize}, v2.InterpolationMode.${interpolation.toUpperCase()}),
    v2.CenterCrop(${size}),
    v2.ToImage(),
    v2.ToDtype(torch.float32, scale=True),
    v2.Normalize(${list(mean)}, ${list(std)}),
])
pixels = read(upright("picture.jpg"))[None]`;
}

const list = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;
