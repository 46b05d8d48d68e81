/** Folders of videos, some of them bad: an index, a network of clips from scratch, and a student of its own. */
import { expect } from "expect";
import { join } from "node:path";
import { venvPython } from "../venv_python.ts";
import { manifests, onlyRun, run } from "./command.ts";

const helpers = new URL("../py", import.meta.url).pathname;

/** Eight videos of each of two classes, of 6 to 20 frames, in two codecs; a sound and an empty file beside them. */
const written = `
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from video_files import write_sound, write_video
for name in ["walk", "run"]:
    folder = Path(sys.argv[2], name)
    folder.mkdir(parents=True)
    for at in range(8):
        ending, codec = [("mp4", "libx264"), ("avi", "mpeg4")][at % 2]
        write_video(folder / f"{at}.{ending}", codec, 6 + 2 * at)
Path(sys.argv[2], "walk", "empty.mp4").touch()
write_sound(Path(sys.argv[2], "run", "sound.mp4"))
`;

async function videos() {
  const dir = await Deno.makeTempDir();
  const folder = join(dir, "videos");
  await venvPython(written, helpers, folder);
  return {
    folder,
    out: (name: string) => join(dir, name),
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

Deno.test("index --clips tells what videos there are, and which are bad", async () => {
  await using at = await videos();
  const { code, stdout } = await run(["index", at.folder, "--clips", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ pictures: 16, bad: 2, formats: { h264: 8, mpeg4: 8 }, notes: {} },
    frames: { least: 6, median: 12, most: 20 },
    reasons: { "it has no video stream": 1, "it is empty": 1 },
  });
});

const settings = ["maxBad=0.2", "clips.frames=4", "clips.average=2", "width=4", "size=16"]
  .concat(["training.batchSize=4", "probe.costs=[0.1]"]).flatMap((set) => ["--set", set]);

Deno.test("a network of clips is trained on videos, exported, and teaches another; again, to the same bytes", async () => {
  await using at = await videos();
  const common = ["--data", at.folder, "--student", "r2plus1d-small", "--epochs", "2", ...settings];
  const fitted = async (name: string) => {
    const target = ["--target", `verbs=${at.folder}`, "--out", at.out(name)];
    const { code, stderr } = await run(["fit", ...common, ...target]);
    expect([code, stderr.match(/^error.*/m)]).toEqual([0, null]);
    return await manifests(at.out(name));
  };
  expect(await fitted("two")).toEqual(await fitted("one"));
  const exported = at.out("exported");
  const folder = await onlyRun(at.out("one"));
  const formats = ["--formats", "safetensors", "--no-page"];
  expect((await run(["export", folder, "--out", exported, ...formats])).code).toBe(0);
  const taught = await run([
    ...[...common, "--teacher", exported, "--k", "3", "--set", "clips.teacherFrames=6"],
    ...["--out", at.out("taught"), "--json"],
  ]);
  expect([taught.code, taught.stderr.match(/^error.*/m)]).toEqual([0, null]);
  const made = Object.keys(await manifests(at.out("taught")));
  expect(made).toContain("seed-0.teacher.features");
  expect(made).toContain("seed-0.ncf");
});

Deno.test("what a network of clips cannot read is said before anything is decoded", async () => {
  await using at = await videos();
  const pictures = at.out("pictures");
  await Deno.mkdir(pictures);
  await Deno.writeTextFile(join(pictures, "a.jpg"), "");
  const asked = ["--student", "r2plus1d-small", "--out", at.out("runs")];
  const { code, stderr } = await run(["fit", "--data", pictures, ...asked]);
  expect(code).toBe(2);
  expect(stderr).toContain("it needs videos, found 1 .jpg.");
});
