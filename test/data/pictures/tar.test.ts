/** Tar files as GNU tar, as Python's tarfile and as WebDataset's writer make them. */
import { join } from "node:path";
import { expect } from "expect";
import fc from "fast-check";
import { membersOf, TarError } from "../../../src/data/pictures/tar.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { venvPython } from "../../venv_python.ts";
import { toyFolder } from "./toy_folder.ts";

const { signal } = new AbortController();

/** What each member holds, by the ranges that were found. */
async function contents(path: string): Promise<Record<string, string>> {
  const bytes = await Deno.readFile(path);
  const members = await membersOf(path, signal);
  return Object.fromEntries(members.map(({ name, offset, bytes: size }) => [
    name,
    new TextDecoder().decode(bytes.subarray(offset, offset + size)),
  ]));
}

/** Writes `members` with Python's tarfile, in one of its formats. */
const pythonTar = (path: string, format: string, members: Readonly<Record<string, string>>) =>
  venvPython(
    `
import io, json, sys, tarfile
path, form, members = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
with tarfile.open(path, "w", format=getattr(tarfile, form)) as tar:
    folder = tarfile.TarInfo("a-folder")
    folder.type = tarfile.DIRTYPE
    tar.addfile(folder)
    for name, content in members.items():
        data = content.encode()
        info = tarfile.TarInfo(name)
        info.size = len(data)
        info.mtime = 1234567890.5
        tar.addfile(info, io.BytesIO(data))
    link = tarfile.TarInfo("link.jpg")
    link.type, link.linkname = tarfile.SYMTYPE, "x" * (90 if form == "USTAR_FORMAT" else 150)
    tar.addfile(link)
`,
    path,
    format,
    JSON.stringify(members),
  );

const long = `${"folder/".repeat(30)}${"n".repeat(120)}.jpg`;
const members = {
  "a.jpg": "1",
  "empty.jpg": "",
  "ü 漢\n.png": "x".repeat(512),
  [`${"d".repeat(90)}/${"e".repeat(90)}.jpg`]: "y".repeat(513),
};

for (const format of ["USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"]) {
  Deno.test(`the members that tarfile writes in ${format} are found, links and folders are not`, async () => {
    await using dir = await temporaryFolder();
    const path = join(dir.path, "x.tar");
    // ustar has no room for longer names
    const wanted = format === "USTAR_FORMAT" ? members : { ...members, [long]: "z".repeat(3000) };
    await pythonTar(path, format, wanted);
    expect(await contents(path)).toEqual(wanted);
  });
}

for (const format of ["gnu", "pax", "ustar", "v7"]) {
  Deno.test(`the members that tar --format=${format} writes are found`, async () => {
    const names = [
      "cat/1.jpg",
      "cat/ü.jpg",
      "dog/deep/2.jpg",
      ...(format === "v7" ? [] : [
        `${"long/".repeat(20)}3.jpg`,
      ]),
    ];
    await using folder = await toyFolder(names);
    const path = join(folder.path, "x.tar");
    const args = ["cf", path, `--format=${format}`, "--exclude=x.tar", "-C", folder.path, "."];
    const { success } = await new Deno.Command("tar", { args }).output();
    expect(success).toBe(true);
    expect(await contents(path)).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  });
}

Deno.test("any names and contents", async () => {
  await using dir = await temporaryFolder();
  const path = join(dir.path, "x.tar");
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 })
    .map((text) => `a${text.replaceAll("\0", "").replaceAll("/", "-")}`);
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, fc.string({ maxLength: 1500 }), { noNullPrototype: true }),
      fc.constantFrom("GNU_FORMAT", "PAX_FORMAT"),
      async (members, format) => {
        await pythonTar(path, format, members);
        expect(await contents(path)).toEqual(members);
      },
    ),
    { numRuns: 12 },
  );
});

Deno.test("a size beyond eight octal digits is read: base 256 of GNU, and PAX", async () => {
  await using dir = await temporaryFolder();
  for (const format of ["GNU_FORMAT", "PAX_FORMAT"]) {
    const path = join(dir.path, `${format}.tar`);
    // The file is sparse: 9 GB that take no room.
    await venvPython(
      `
import sys, tarfile
info = tarfile.TarInfo("large.bin")
info.size = 9 * 1024**3
with open(sys.argv[1], "wb") as file:
    file.write(info.tobuf(getattr(tarfile, sys.argv[2])))
    file.seek(info.size, 1)
    small = tarfile.TarInfo("b.jpg")
    file.write(small.tobuf())
    file.write(bytes(1024))
`,
      path,
      format,
    );
    const found = await membersOf(path, signal);
    expect(found.map(({ name, bytes }) => [name, bytes])).toEqual([
      ["large.bin", 9 * 1024 ** 3],
      ["b.jpg", 0],
    ]);
  }
});

Deno.test("a file that ends without the zeros of its end is whole; one that is cut off or no tar is not", async () => {
  await using dir = await temporaryFolder();
  const path = join(dir.path, "x.tar");
  await pythonTar(path, "GNU_FORMAT", { "a.jpg": "1", "b.jpg": "y".repeat(2000) });
  const whole = await Deno.readFile(path);
  const [, last] = await membersOf(path, signal);
  const problemOf = async (bytes: Uint8Array) => {
    await Deno.writeFile(path, bytes);
    const found = await membersOf(path, signal).catch((error) => error);
    return found instanceof TarError ? found.message : found;
  };
  expect(await problemOf(whole.slice(0, last!.offset + 2048))).toHaveLength(2);
  expect(await problemOf(whole.slice(0, last!.offset + 1000))).toBe('it is cut off in "b.jpg"');
  expect(await problemOf(new TextEncoder().encode("no tar ".repeat(200)))).toBe(
    "it has no tar header at byte 0",
  );
  const changed = whole.slice();
  changed[last!.offset - 512]! ^= 1;
  expect(await problemOf(changed)).toBe(`it has no tar header at byte ${last!.offset - 512}`);
  expect(await problemOf(new Uint8Array())).toEqual([]);
});
