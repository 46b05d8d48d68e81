/** A pre-trained network as a user names it (docs/NETWORKS.md). */
import { resolve } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import { expandHome } from "../pipeline/home.ts";
import { nearestWord } from "../pipeline/nearest_word.ts";

export type NetworkSpec =
  | { readonly kind: "efficientnet" }
  /** `weights`: of torchvision's enumeration; null for the best. */
  | { readonly kind: "torchvision"; readonly arch: string; readonly weights: string | null }
  /** `file`: absolute; null for what timm's hub or its cache has. */
  | { readonly kind: "timm"; readonly arch: string; readonly file: string | null }
  /** `place`: a repository of the hub, or a folder. */
  | { readonly kind: "hf"; readonly place: string; readonly pool: string | null }
  /** Absolute path of a safetensors file, or of a folder that timm saved. */
  | { readonly kind: "file"; readonly path: string };

/** Packages beside the base that a network needs. */
export type NetworkExtra = "efficientnet" | "timm" | "transformers";

/** The words that name a network alone. */
const words = ["efficientnet-lite0"];

/** The network that a text names; paths in it are taken from `folder`. Throws a UserError where it names none. */
export function parseNetworkSpec(text: string, folder: string): NetworkSpec {
  if (text === "efficientnet-lite0") return { kind: "efficientnet" };
  const [, library, rest] = text.match(/^(torchvision|timm|hf):(.+)$/s) ?? [];
  if (library !== undefined && rest !== undefined) return ofLibrary(library, rest, folder);
  if (!isPath(text)) {
    const near = nearestWord(text, words);
    const advice = near === undefined ? "See docs/NETWORKS.md." : `Did you mean ${near}?`;
    throw new UserError(
      `Cannot take the network "${text}": it needs torchvision:<name>, timm:<name>, hf:<repository>, ` +
        `efficientnet-lite0, a .safetensors file or a folder, found none of them. ${advice}`,
    );
  }
  if (/\.(pth|pt|pt2|bin|ckpt|tar)$/.test(text)) {
    throw new UserError(
      `Cannot take the network ${text}: it needs a safetensors file, found one that may run code when ` +
        `it is opened. Import its weights first: deno task clusterfit import-checkpoint ${text} ` +
        "--out teacher.safetensors",
    );
  }
  return { kind: "file", path: pathIn(folder, text) };
}

/** The path in a text that names a network; null where it names none. Throws likewise. */
export function pathOfNetwork(text: string, folder: string): string | null {
  if (isPath(text)) return pathIn(folder, text);
  const spec = parseNetworkSpec(text, folder);
  if (spec.kind === "timm") return spec.file;
  return spec.kind === "hf" && spec.place.startsWith("/") ? spec.place : null;
}

const isPath = (text: string) => !/^[a-z]+:/i.test(text) && /[./\\]/.test(text);

function ofLibrary(library: string, rest: string, folder: string): NetworkSpec {
  const at = rest.indexOf("@");
  const [name, behind] = at === -1 ? [rest, null] : [rest.slice(0, at), rest.slice(at + 1)];
  switch (library) {
    case "torchvision":
      return { kind: "torchvision", arch: `torchvision:${name}`, weights: behind };
    case "timm": {
      const file = behind === null ? null : pathIn(folder, behind);
      return { kind: "timm", arch: `timm:${name}`, file };
    }
    default: {
      const [place = "", query] = rest.split("?");
      const local = /^[.~/\\]/.test(place) ? pathIn(folder, place) : place;
      return { kind: "hf", place: local, pool: query?.match(/^pool=(.*)$/)?.[1] ?? null };
    }
  }
}

const pathIn = (folder: string, text: string) => resolve(folder, expandHome(text));

/** What has to be installed before it can be obtained. */
export function extrasOfNetwork({ kind }: NetworkSpec): readonly NetworkExtra[] {
  switch (kind) {
    case "efficientnet":
      return ["efficientnet", "timm"];
    case "timm":
    case "file": // what it holds is only known once it is read
      return ["timm"];
    case "hf":
      return ["transformers"];
    case "torchvision":
      return [];
  }
}

/** Likewise for an architecture that is trained here. */
export function extrasOfArchitecture(arch: string): readonly NetworkExtra[] {
  return arch.startsWith("timm:") ? ["timm"] : [];
}
