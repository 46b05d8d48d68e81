/** Stage: every picture of a collection decoded once, with what is in each, which are bad, and their pixels. */
import type { Decoding } from "../../engine/engine.ts";
import { type Node, node } from "../../pipeline/graph.ts";
import type { Stage } from "../../pipeline/stage.ts";
import type { DataServices } from "../services.ts";
import { type Collection, piecesOf } from "./collection.ts";
import { decodePictures } from "./index_blocks.ts";
import { hashOf, indexingStage } from "./indexing.ts";
import { collectionsOfNodes } from "./made_of.ts";
import { pixelsFile, writePlaces, writeShapes } from "./stored.ts";
import { indexVideos } from "./videos_stage.ts";

/** Where the collection lies is not in it, unless its files are read again. */
export type IndexConfig = {
  /** Of the collection. */
  readonly fingerprint: string;
  /** SHA-256 of the names of its pictures: it may be a sample of what the fingerprint is of. */
  readonly names: string;
  readonly decoding: { readonly side: number; readonly interpolation: Decoding["interpolation"] };
  /** SHA-256 of the paths that rows are read from, each time; null where the pixels are kept. */
  readonly files: string | null;
  /** Of the packages that decide the pixels and their files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** How the pictures of a collection are decoded and kept. */
export interface IndexOptions {
  /** To which size; whole videos are read in other ways. */
  readonly decoding: Decoding;
  /** Whether the pixels are kept: else each read decodes. Those of frames of videos always are, of whole videos never. */
  readonly pack: boolean;
  /** Share of the pictures that may be bad. It changes no byte, so it is not in the key. */
  readonly maxBad: number;
  /** Of the packages that decide the pixels and their files. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The node that indexes a collection. */
export function indexNode(
  collection: Collection,
  { decoding: { side, interpolation }, pack, maxBad, versions }: IndexOptions,
  { id, title }: { readonly id: string; readonly title: string },
): Node<"dataset", DataServices> {
  const { fingerprint } = collection;
  const about = { id, title, inputs: {} };
  const common = { fingerprint, versions, names: hashOf(collection.names) };
  const hashOfFiles = () => hashOf(piecesOf(collection).map(({ file }) => file));
  const hasFrames = piecesOf(collection).some(({ seconds }) => seconds !== null);
  const made = collection.clips
    ? node(indexVideos(collection, maxBad), {
      ...about,
      config: { ...common, files: hashOfFiles() },
    })
    : node(indexPictures(collection, maxBad), {
      ...about,
      config: {
        ...common,
        decoding: { side, interpolation },
        files: pack || hasFrames ? null : hashOfFiles(),
      },
    });
  collectionsOfNodes.set(made, collection);
  return made;
}

/** Fails with a UserError where more pictures are bad than may be; see `indexingStage`. */
export function indexPictures(
  collection: Collection,
  maxBad: number,
): Stage<IndexConfig, Record<never, never>, "dataset", DataServices> {
  return indexingStage<IndexConfig>(collection, maxBad, {
    name: "pictures.index",
    keptIn: ({ files }) => files === null ? pixelsFile : null,
    decode: ({ data }, { decoding }, path) => decodePictures(data, decoding, path),
    card: ({ decoding, files }) => ({ pictures: { ...decoding, packed: files === null } }),
    finish: async (dir, services, good, { files }) =>
      files === null
        ? [await writeShapes(dir, services, good), pixelsFile]
        : [await writePlaces(dir, services, good, collection.pieceOf)],
  });
}
