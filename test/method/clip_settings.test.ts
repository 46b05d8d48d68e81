import { expect } from "expect";
import { defaultExperiment } from "../../src/experiments/default.ts";
import type { World } from "../../src/data/world.ts";
import { distilled } from "../../src/method/arms/distilled.ts";
import { npre } from "../../src/method/arms/npre.ts";
import { viewOf } from "../../src/method/clip_settings.ts";
import { plain } from "../../src/method/label_sources.ts";
import { labels } from "../../src/method/objectives/labels.ts";
import { evaluationBatch } from "../../src/method/placement.ts";
import { armsOver } from "../../src/method/experiment.ts";
import { asStored } from "../../src/models/view.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { makeJob } from "../../src/steps/job.ts";
import { byId, experimentOf, toyGraph } from "./toy_experiment.ts";
import { toyWorld } from "./toy_world.ts";

const clips: World = { ...toyWorld(), frames: 8 };
const build = (given: JsonObject, world = clips) =>
  byId(toyGraph(defaultExperiment, { k: 5, ...given }, world));

Deno.test("features are averaged over six clips of a row, or over as many as there are", () => {
  expect(viewOf({})).toEqual(asStored);
  expect(viewOf({}, { frames: 9, average: 6 })).toEqual(asStored);
  expect(viewOf({ frames: 100 }, { frames: 32, average: 6 })).toEqual({
    ...{ size: null, clips: 6, frames: 32 },
  });
  expect(viewOf({ frames: 8 })).toEqual({ size: null, clips: 5, frames: 4 });
  expect(viewOf({ frames: 8 }, { frames: 8, average: 6 }).clips).toBe(1);
  expect(() => viewOf({ frames: 8 }, { frames: 9, average: 6 })).toThrow(
    "Cannot read clips of 9 frames: it needs 8 or fewer",
  );
});

Deno.test("a network is trained on one clip of a row, and probed and clustered by several", () => {
  const nodes = build({ arch: "r2plus1d-small", clips: { frames: 6, average: 2 } });
  const view = (id: string) => nodes[`seed-0.${id}`]?.config["view"];
  expect(view("npre")).toEqual({ size: null, clips: 1, frames: 6 });
  expect(view("npre.unseen-names")).toEqual({ size: null, clips: 2, frames: 6 });
  const features = nodes["seed-0.ncf"]?.inputs["labels.0"]?.inputs["features"];
  expect(features?.config["view"]).toEqual({ size: null, clips: 2, frames: 6 });
});

Deno.test("a teacher answers for one clip, too", () => {
  const arm = armsOver<Record<never, never>>();
  const experiment = experimentOf((world, learner) => {
    const hashtags = world.labels["hashtags"]!;
    const backbone = { arch: "r2plus1d-small", width: 8 };
    const of = { ...learner, backbone, view: { size: null, clips: 5, frames: 4 } };
    return {
      arms: {
        npre: arm({
          recipe: () => npre({ ...of, kind: "", task: "", objective: () => labels([hashtags]) }),
        }),
        distilled: arm({
          on: ["npre"],
          recipe: (_, { npre: teacher }) =>
            distilled({ ...of, teacher, labels: plain(hashtags), temperature: 1, alpha: 1 }),
        }),
      },
    };
  });
  const { config } = byId(toyGraph(experiment, {}, clips))["seed-0.distilled"]!;
  expect(config["teacherViews"]).toEqual([{ size: null, clips: 1, frames: 4 }]);
});

Deno.test("networks of stills are not trained on clips, and those of clips on no stills", () => {
  expect(() => build({ arch: "resnet18-small" })).toThrow(
    "Cannot train resnet18-small on clips: it needs pictures. Take --arch r2plus1d-small",
  );
  expect(() => build({ arch: "r2plus1d-18" }, toyWorld())).toThrow(
    "Cannot train r2plus1d-18 on pictures: it needs clips. Take --arch resnet10-small",
  );
});

Deno.test("of clips only rotations are a task that needs no labels, and all targets are probed", () => {
  for (const teacher of ["jigsaw", "hashtags"]) {
    expect(() => makeJob(defaultExperiment, "", { data: "clips", teacher })).toThrow(
      `Cannot train the teacher "${teacher}" on clips: it needs icons`,
    );
  }
  const { study } = toyGraph(
    defaultExperiment,
    { k: 5, data: "clips", arch: "r2plus1d-small" },
    { ...toyWorld(["verbs", "motions"]), frames: 8, layerwiseTarget: null },
  );
  expect(study.targets.map(({ name }) => name)).toEqual(["verbs", "motions"]);
  expect(study.paper).toEqual([]);
});

Deno.test("a forward pass has as many frames as stills", () => {
  expect(evaluationBatch(asStored)).toBe(512);
  expect(evaluationBatch({ ...asStored, clips: 5, frames: 4 })).toBe(25);
  expect(evaluationBatch({ size: 112, clips: 6, frames: 32 })).toBe(1);
});
