// deno-lint-ignore-file no-control-regex -- signatures are bytes
/** Which files are pictures, videos or shards of them: by the end of the name, in any case; and where a name has none,
 * by the first bytes. */
import { extname } from "node:path/posix";

/** Those that are not decoded here, too: an index says of each why, where leaving it out would not be seen. */
const pictures = new Set(
  ".jpg .jpeg .jpe .jfif .png .apng .gif .webp .bmp .dib .tif .tiff .ppm .pgm .pbm .pnm .avif .heic .heif .jp2 .j2k .tga"
    .split(" "),
);

const videos = new Set(
  ".mp4 .m4v .mov .avi .mkv .webm .mpg .mpeg .wmv .flv .ogv .3gp".split(" "),
);

export type Medium = "picture" | "video" | "tar" | "unknown" | "other";

/** What a file of that name is; "unknown" where it has no extension, and its first bytes decide. */
export function mediumOf(name: string): Medium {
  const extension = extname(name).toLowerCase();
  if (extension === "") return "unknown";
  if (pictures.has(extension)) return "picture";
  if (videos.has(extension)) return "video";
  return extension === ".tar" ? "tar" : "other";
}

/** Whether a file begins as a picture of a form that has a signature. */
export function startsAsPicture(path: string): boolean {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(16);
  const read = file.readSync(bytes) ?? 0;
  const text = String.fromCharCode(...bytes.subarray(0, read));
  return signatures.some((signature) => signature.test(text));
}

const signatures = [
  /^\xff\xd8\xff/, // JPEG
  /^\x89PNG\r\n\x1a\n/,
  /^GIF8[79]a/,
  /^RIFF[^]{4}WEBP/,
  /^BM[^]{4}\0\0\0\0/,
  /^(II\*\0|MM\0\*)/, // TIFF
  /^[^]{4}ftyp(avi[fs]|hei[cfmsx]|hevc|mif1)/, // AVIF; HEIC, which is no picture to us but one to people
  /^\0\0\0\x0cjP {2}\r\n/, // JPEG 2000
];
