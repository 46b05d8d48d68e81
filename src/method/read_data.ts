/** The cards beside the tensors of the data artifacts. */
import { type Images, imagesSchema, type TargetFile, targetSchema } from "../data/artifacts.ts";
import type { Artifact } from "../pipeline/stage.ts";

export async function readImages(artifact: Artifact<"images">): Promise<Images> {
  return imagesSchema.parse(JSON.parse(await Deno.readTextFile(artifact.file("images.json"))));
}

export async function readTarget(artifact: Artifact<"target">): Promise<TargetFile> {
  return targetSchema.parse(JSON.parse(await Deno.readTextFile(artifact.file("target.json"))));
}
