import { expect } from "expect";
import { reproductions } from "../../src/experiments/list.ts";
import type { Experiment } from "../../src/method/experiment.ts";
import { resolve } from "../../src/method/resolve.ts";
import { makeJob } from "../../src/steps/job.ts";
import { machine } from "../method/toy_experiment.ts";

const gpu = { ...machine, cuda: { name: "H200", count: 1, memory: 150e9 } };

/** Images of a cluster, for every K of an experiment. */
function imagesOfCluster(experiment: Experiment, scale: string): number[] {
  const { config } = makeJob(experiment, scale, {});
  const { k } = config as { readonly k?: number | readonly number[] };
  return [k ?? []].flat().map((k) => config.images! / k);
}

for (const [name, experiment] of Object.entries(reproductions)) {
  Deno.test(`${name} at the scale medium is one that fits itself, for a GPU, larger than small`, () => {
    const [small, medium] = ["small", "medium"].map((scale) => makeJob(experiment, scale, {}));
    expect(medium!.config.device).toBe("cuda");
    expect(medium!.config.images! * medium!.config.epochs)
      .toBeGreaterThan(4 * small!.config.images! * small!.config.epochs);
    expect(medium!.config.seeds).toEqual(small!.config.seeds);
    expect(resolve(medium!.config, gpu)).toMatchObject({ device: "cuda", kmeans: "torch" });
  });

  Deno.test(`${name} at the scale medium has as many images a cluster as small`, () => {
    const small = imagesOfCluster(experiment, "small");
    const medium = imagesOfCluster(experiment, "medium");
    expect(small.length).toBeGreaterThan(0);
    expect(medium).toHaveLength(small.length);
    medium.forEach((images, at) => expect(Math.abs(images / small[at]! - 1)).toBeLessThan(0.05));
  });

  Deno.test(`${name} at the scale medium is refused where there is no GPU, with what to run instead`, () => {
    const { config } = makeJob(experiment, "medium", {});
    expect(() => resolve(config, machine)).toThrow(
      /^Cannot compute on cuda: it needs an NVIDIA GPU .* found none\. Use --device cpu .*--scale small/,
    );
    expect(resolve(makeJob(experiment, "medium", { device: "cpu" }).config, machine).device)
      .toBe("cpu");
  });
}
