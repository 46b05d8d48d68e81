/** Where the members of a tar file are: its headers read, its contents not (POSIX ustar, GNU and PAX). */

import { Turn } from "./turn.ts";

/** A file in a tar file. */
export interface Member {
  /** Its path, without "./" in front. */
  readonly name: string;
  /** Of its first byte, in the tar file. */
  readonly offset: number;
  readonly bytes: number;
}

/** A tar file that cannot be read, and why. */
export class TarError extends Error {}

const block = 512;
const ascii = new TextDecoder("latin1");
const utf8 = new TextDecoder();

/** A name or a size that stands before the header it is for. */
type Extended = { path?: string; size?: number };

/** The regular files in it, in their order; links, folders and devices are none. Throws a TarError. */
export async function membersOf(path: string, signal: AbortSignal): Promise<Member[]> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const members: Member[] = [];
  let extended: Extended = {};
  const turn = new Turn(signal);
  for (let at = 0; at + block <= size;) {
    if (turn.isOver) await turn.next();
    const header = readAt(file, at, block);
    if (header.every((byte) => byte === 0)) return members;
    const { type, name, bytes: own } = parseHeader(header, at);
    const bytes = extended.size ?? own;
    const offset = at + block;
    if (offset + bytes > size) {
      throw new TarError(`it is cut off in ${JSON.stringify(extended.path ?? name)}`);
    }
    if (type === "L") extended.path = cString(readAt(file, offset, bytes));
    else if (type === "x") Object.assign(extended, paxOf(readAt(file, offset, bytes), at));
    else if (type !== "g" && type !== "K") {
      if (type === "0" || type === "\0" || type === "7") {
        members.push({ name: (extended.path ?? name).replace(/^(\.\/)+/, ""), offset, bytes });
      }
      extended = {};
    }
    at = offset + Math.ceil(bytes / block) * block;
  }
  return members; // the blocks of zeros at the end may be missing
}

/** The bytes of a member. Throws a TarError where the file ends before. */
export function readMember(file: Deno.FsFile, { offset, bytes }: Member): Uint8Array {
  return readAt(file, offset, bytes);
}

function readAt(file: Deno.FsFile, offset: number, bytes: number): Uint8Array {
  const buffer = new Uint8Array(bytes);
  file.seekSync(offset, Deno.SeekMode.Start);
  for (let done = 0; done < bytes;) {
    const read = file.readSync(buffer.subarray(done));
    if (read === null) throw new TarError("it became shorter while it was read");
    done += read;
  }
  return buffer;
}

function parseHeader(header: Uint8Array, at: number) {
  const sum = header.reduce(
    (sum, byte, place) => sum + (place >= 148 && place < 156 ? 32 : byte),
    0,
  );
  if (sum !== number(header.subarray(148, 156))) {
    throw new TarError(`it has no tar header at byte ${at}`);
  }
  const type = String.fromCharCode(header[156]!);
  const posix = ascii.decode(header.subarray(257, 263)) === "ustar\0";
  const prefix = posix ? cString(header.subarray(345, 500)) : "";
  const name = cString(header.subarray(0, 100));
  const bytes = number(header.subarray(124, 136));
  return { type, name: prefix === "" ? name : `${prefix}/${name}`, bytes };
}

/** Octal digits, or base 256 where the first bit is set (GNU, for 8 GiB and more). */
function number(field: Uint8Array): number {
  if (field[0]! & 0x80) return field.slice(1).reduce((value, byte) => value * 256 + byte, 0);
  return parseInt(ascii.decode(field).replaceAll("\0", " ").trim() || "0", 8);
}

function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Records `<length> <key>=<value>\n`, the length that of the whole record in bytes. */
function paxOf(bytes: Uint8Array, at: number): Extended {
  const extended: Extended = {};
  for (let start = 0; start < bytes.length;) {
    const space = bytes.indexOf(0x20, start);
    const length = Number(ascii.decode(bytes.subarray(start, space)));
    if (space < 0 || !(length > space - start)) {
      throw new TarError(`it has no PAX record at byte ${at + block + start}`);
    }
    const record = utf8.decode(bytes.subarray(space + 1, start + length - 1));
    const equals = record.indexOf("=");
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === "path") extended.path = value;
    if (key === "size") extended.size = Number(value);
    start += length;
  }
  return extended;
}
