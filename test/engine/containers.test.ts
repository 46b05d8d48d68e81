/** Collections that a library of Python looks into: real Arrow files and real videos. */
import { join } from "node:path";
import { expect } from "expect";
import { piecesOf } from "../../src/data/pictures/collection.ts";
import { openCollection } from "../../src/data/pictures/open.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { picturesOf } from "../data/pictures/toy_folder.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { venvPython } from "../venv_python.ts";

const { signal } = new AbortController();
const open = (given: string) => openCollection(given, { signal, engine: () => startEngine() });

Deno.test("a saved data set: the ranges of its Arrow files hold the pictures, with their labels", async () => {
  await using dir = await temporaryFolder();
  await venvPython(
    `
import json, sys
from pathlib import Path
import pyarrow as pa
folder = Path(sys.argv[1])
image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
arrows = []
for shard in range(2):
    rows = [{"bytes": f"picture {shard} {row}".encode(), "path": None} for row in range(3)]
    table = pa.table({"image": pa.array(rows, image), "label": pa.array([0, 1, 0], pa.int64())})
    arrows.append(f"data-{shard:05}-of-00002.arrow")
    with pa.ipc.new_stream(str(folder / arrows[-1]), table.schema) as stream:
        stream.write_table(table, 2)
features = {"image": {"_type": "Image"}, "label": {"_type": "ClassLabel", "names": ["x", "y"]}}
(folder / "dataset_info.json").write_text(json.dumps({"features": features}))
(folder / "state.json").write_text(json.dumps({"_data_files": [{"filename": a} for a in arrows]}))
`,
    dir.path,
  );
  const collection = await open(dir.path);
  const held = await Promise.all(
    picturesOf(collection).map(async ({ file, range }) => {
      const bytes = await Deno.readFile(file);
      return new TextDecoder().decode(bytes.subarray(range!.offset, range!.offset + range!.bytes));
    }),
  );
  expect(held).toEqual(
    [0, 1].flatMap((shard) => [0, 1, 2].map((row) => `picture ${shard} ${row}`)),
  );
  expect(collection.labels).toEqual({
    kind: "single",
    names: ["x", "y"],
    labels: [0, 1, 0, 0, 1, 0],
  });
});

Deno.test("a folder of videos: as many frames as each has seconds, begun ones too", async () => {
  await using dir = await temporaryFolder();
  await venvPython(
    `
import sys
import av, numpy as np
for name, frames in [("long.mp4", 25), ("short.mkv", 3)]:
    with av.open(f"{sys.argv[1]}/{name}", "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for _ in range(frames):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
`,
    dir.path,
  );
  await Deno.writeTextFile(join(dir.path, "broken.avi"), "no video");
  const frames = picturesOf(await open(dir.path));
  expect(frames.map(({ name, seconds }) => [name, seconds])).toEqual([
    ["broken.avi#t=00000.000", 0],
    ["long.mp4#t=00000.000", 0],
    ["long.mp4#t=00001.000", 1],
    ["long.mp4#t=00002.000", 2],
    ["short.mkv#t=00000.000", 0],
  ]);
});

Deno.test("the same pictures in a folder, a table, a tar file and a saved data set: the same pixels", async () => {
  await using dir = await temporaryFolder();
  await venvPython(
    `
import json, sys, tarfile
from pathlib import Path
import numpy as np
import pyarrow as pa
from PIL import Image
root = Path(sys.argv[1])
random = np.random.default_rng(1)
for folder in ["folder/a", "folder/b", "saved"]:
    (root / folder).mkdir(parents=True)
names = ["a/1.jpg", "a/2.png", "b/3.webp", "b/4.jpg"]
for at, name in enumerate(names):
    pixels = random.integers(0, 256, (40 + at, 60 - at, 3), np.uint8)
    Image.fromarray(pixels).save(root / "folder" / name)
(root / "table.csv").write_text("path\\n" + "".join(f"folder/{name}\\n" for name in names))
with tarfile.open(root / "shard.tar", "w") as tar:
    tar.add(root / "folder", ".")
image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
rows = [{"bytes": (root / "folder" / name).read_bytes(), "path": name} for name in names]
table = pa.table({"image": pa.array(rows, image)})
with pa.ipc.new_stream(str(root / "saved/data.arrow"), table.schema) as stream:
    stream.write_table(table)
info = {"features": {"image": {"_type": "Image"}}}
(root / "saved/dataset_info.json").write_text(json.dumps(info))
(root / "saved/state.json").write_text(json.dumps({"_data_files": [{"filename": "data.arrow"}]}))
`,
    dir.path,
  );
  const engine = await startEngine();
  const found = await Promise.all(
    ["folder", "table.csv", "shard.tar", "saved"].map(async (name) => {
      const pieces = [...piecesOf(await open(join(dir.path, name)))];
      const pixels = { path: join(dir.path, `${name}.bin`), start: 0 };
      const decoding = { side: 32, interpolation: "bilinear" } as const;
      return await engine.data.index(pieces, { ...decoding, pixels });
    }),
  );
  expect(found[0]!.pictures).toHaveLength(4);
  expect(found[0]!.bytes).toBeGreaterThan(4 * 32 * 32 * 3);
  for (const other of found) expect(other).toEqual(found[0]);
});
