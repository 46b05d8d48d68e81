/** What can happen to the index and to the folders: a clear word, the true list, and never a failed run. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "expect";
import { sealEvent } from "../../src/pipeline/events.ts";
import { Index } from "../../src/registry/index.ts";
import { openReader } from "../../src/registry/index_file.ts";
import { Registry } from "../../src/registry/registry.ts";
import { currentEnvironment } from "../../tasks/lib/environment.ts";
import { execute } from "../pipeline/execute.ts";
import { record } from "../report/fixture.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { hold, lines, write, writeFinishedRun, writeRunningRun } from "./folders.ts";

const now = Date.parse("2026-11-23T10:00:00Z");

/** A folder with a finished run and one that was killed, and where its index lies. */
async function twoRuns() {
  const folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  await writeRunningRun(folder.path, "killed", now);
  return Object.assign(folder, { index: join(folder.path, "index.sqlite") });
}

/** What a registry lists of those, and what it says of its index. */
async function look(out: string): Promise<readonly string[]> {
  using registry = Registry.open(out);
  await registry.refresh({ details: true });
  expect(states(registry)).toEqual([["killed", "interrupted"], [record.id, "finished"]]);
  expect(registry.query("SELECT count(*) > 0 FROM measurements").rows).toEqual([[1]]);
  return registry.notes;
}

const states = (registry: Registry) => registry.list().map(({ name, state }) => [name, state]);

/** A program of its own that has the index open and locked as `begin` says, until disposed. */
function lockIndex(path: string, begin: string): Disposable {
  const db = new DatabaseSync(path);
  db.exec(begin);
  return { [Symbol.dispose]: () => db.close() };
}

const exclusive = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE runs SET name = name";

Deno.test("the index waits for other processes and keeps what it was asked to: WAL, a busy timeout, foreign keys", async () => {
  await using folder = await temporaryFolder();
  using index = new Index(folder.path);
  const value = (name: string) =>
    index.read((db) => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0]);
  expect(["busy_timeout", "journal_mode", "foreign_keys", "trusted_schema"].map(value))
    .toEqual([2000, "wal", 1, 0]);
  using reader = openReader(join(folder.path, "index.sqlite"));
  expect(reader.prepare("PRAGMA busy_timeout").get()).toEqual({ timeout: 2000 });
});

Deno.test("an index that was made is used again: nothing is read twice", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  const read: number[] = [];
  for (let time = 0; time < 2; time++) {
    using registry = Registry.open(folder.path);
    await registry.refresh({ details: true, onProgress: (_, total) => void read.push(total) });
    expect(states(registry)).toEqual([[record.id, "finished"]]);
  }
  expect(read).toEqual([1]);
});

Deno.test("two files a run are looked at where nothing changed", async () => {
  await using folder = await temporaryFolder();
  for (let at = 0; at < 5; at++) await writeFinishedRun(folder.path, `done-${at}`);
  using registry = Registry.open(folder.path);
  await registry.refresh();
  const real = Deno.lstatSync;
  const looked: string[] = [];
  Deno.lstatSync = (path) => {
    looked.push(String(path));
    return real(path);
  };
  try {
    await registry.refresh();
  } finally {
    Deno.lstatSync = real;
  }
  expect(looked).toHaveLength(2 * 5);
});

Deno.test("two processes that bring one index up to date at once both list all, and leave it whole", async () => {
  await using folder = await temporaryFolder();
  for (let at = 0; at < 8; at++) await writeFinishedRun(folder.path, `done-${at}`);
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "tasks/clusterfit.ts",
      "query",
      "--json",
      "--runs",
      folder.path,
    ].concat(
      "SELECT count(*), count(details), (SELECT count(DISTINCT run) FROM measurements) FROM runs",
    ),
    cwd: currentEnvironment().root,
    stderr: "null",
  });
  const ended = await Promise.all(Array.from({ length: 3 }, () => command.output()));
  for (const { stdout } of ended) {
    expect(JSON.parse(new TextDecoder().decode(stdout)))
      .toMatchObject({ rows: [[8, 8, 8]], notes: [] });
  }
  using db = new DatabaseSync(join(folder.path, "index.sqlite"));
  expect(db.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
});

Deno.test("where another program writes for longer than one waits, runs are listed from memory, with a note", async () => {
  await using folder = await twoRuns();
  await look(folder.path);
  await writeFinishedRun(folder.path, "new");
  using _locked = lockIndex(folder.index, "BEGIN IMMEDIATE");
  using registry = Registry.open(folder.path);
  expect(states(registry)).toHaveLength(2); // reading goes on beside a writer
  await registry.refresh();
  expect(states(registry)).toHaveLength(3);
  expect(registry.notes).toEqual([
    `${folder.index} is not used: another program keeps it locked. Runs are found all the same, and read anew ` +
    "by each command.",
  ]);
});

Deno.test("an index that another program locks for itself is not waited for without end", async () => {
  await using folder = await twoRuns();
  await look(folder.path);
  using _locked = lockIndex(folder.index, exclusive);
  expect(await look(folder.path)).toEqual([expect.stringContaining("keeps it locked")]);
});

Deno.test("on a full disk runs are listed from memory, with a note", async () => {
  await using folder = await twoRuns();
  const index = new Index(folder.path);
  index.read((db) => db.exec("PRAGMA max_page_count = 16"));
  using registry = new Registry(folder.path, index);
  await registry.refresh({ details: true });
  expect(states(registry)).toEqual([["killed", "interrupted"], [record.id, "finished"]]);
  expect(registry.notes).toEqual([expect.stringContaining("is not used: the disk is full.")]);
  expect(registry.query("SELECT count(*) > 0 FROM measurements").rows).toEqual([[1]]);
});

Deno.test("an index that may not be written is read as long as nothing changed, then left for memory with a note", async () => {
  await using folder = await twoRuns();
  await look(folder.path);
  const index = new Index(folder.path);
  index.read((db) => db.exec("PRAGMA query_only = ON"));
  using registry = new Registry(folder.path, index);
  await registry.refresh();
  expect([states(registry).length, registry.notes]).toEqual([2, []]);
  await writeFinishedRun(folder.path, "new");
  await registry.refresh();
  expect(states(registry)).toHaveLength(3);
  expect(registry.notes).toEqual([expect.stringContaining("is not used: it may not be written.")]);
});

Deno.test("where the folder of runs may not be written, they are listed from memory, with a note", async () => {
  await using folder = await twoRuns();
  const list = async () => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "test/registry/list_read_only.ts", folder.path],
      cwd: currentEnvironment().root,
    }).output();
    return JSON.parse(new TextDecoder().decode(stdout));
  };
  const names = ["killed", record.id];
  await Deno.chmod(folder.path, 0o555);
  try {
    const notes = [expect.stringContaining("is not used: it cannot be opened or made.")];
    expect(await list()).toEqual({ names, notes });
    await Deno.chmod(folder.path, 0o755);
    await look(folder.path);
    await Deno.chmod(folder.path, 0o555);
    expect(await list()).toEqual({ names, notes: [expect.stringContaining("is not used: it ")] });
  } finally {
    await Deno.chmod(folder.path, 0o755);
  }
});

Deno.test("what stands in the index's place and is no file of ours is left alone, with a note", async () => {
  const places: Record<string, (path: string) => void> = {
    "it is no regular file": (path) => Deno.mkdirSync(path),
    "it is no regular file, but a link": (path) => Deno.symlinkSync("elsewhere", path),
    "it is the database of another program": (path) => {
      using db = new DatabaseSync(path);
      db.exec("CREATE TABLE cookies (name); INSERT INTO cookies VALUES ('kept')");
    },
    "it is the database of another program, by its number": (path) => {
      using db = new DatabaseSync(path);
      db.exec("PRAGMA application_id = 1");
    },
  };
  for (const [words, put] of Object.entries(places)) {
    await using folder = await twoRuns();
    put(folder.index);
    const before = await Deno.lstat(folder.index);
    const [said] = words.split(",");
    expect(await look(folder.path)).toEqual([expect.stringContaining(`is not used: ${said}. `)]);
    expect((await Deno.lstat(folder.index)).ino).toBe(before.ino);
  }
});

Deno.test("a damaged index, and one of another version of clusterfit, is built anew, with a note", async () => {
  const change = (sql: string) => (path: string) => {
    using db = new DatabaseSync(path);
    db.exec(sql);
  };
  const bytes = (change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array) => (path: string) =>
    Deno.writeFileSync(path, change(Deno.readFileSync(path)));
  const damages: [words: string, damage: (path: string) => void][] = [
    ["it is damaged", bytes(() => new TextEncoder().encode("no database ".repeat(1000)))],
    ["it is damaged", bytes((all) => all.subarray(0, all.length >> 1))],
    ["it is damaged", bytes((all) => all.fill(0xff, 4096))],
    ["it is damaged", change("UPDATE runs SET facts = '[', files = files")],
    ["it has schema 0", change("PRAGMA user_version = 0")],
    ["it has schema 99", change("PRAGMA user_version = 99")],
    ["it has other tables than were made", change("DROP TABLE runs")],
    ["it has other tables than were made", change("ALTER TABLE runs DROP COLUMN curve")],
    ["it is damaged", change("CREATE UNIQUE INDEX one ON runs (state)")],
  ];
  for (const [words, damage] of damages) {
    await using folder = await twoRuns();
    await look(folder.path);
    damage(folder.index);
    await writeFinishedRun(folder.path, "new"); // something to be written
    using registry = Registry.open(folder.path);
    const told = new Set<string>();
    for (let time = 0; time < 2; time++) {
      await registry.refresh({ details: true });
      for (const note of registry.notes) told.add(note);
      registry.list(); // what is wrong with a row is found as it is read
    }
    expect(states(registry).map(([name]) => name)).toEqual(["killed", "new", record.id]);
    expect([...told]).toEqual([expect.stringContaining(`is built anew: ${words}`)]);
    registry[Symbol.dispose]();
    await Deno.remove(join(folder.path, "new"), { recursive: true });
    expect(await look(folder.path)).toEqual([]); // and is whole again
  }
});

Deno.test("a part of the index that only a query meets is built anew too, and the query says so", async () => {
  await using folder = await twoRuns();
  await look(folder.path);
  using registry = Registry.open(folder.path);
  {
    using db = new DatabaseSync(folder.index);
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'measurements'").get();
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const file = Deno.openSync(folder.index, { write: true });
    file.seekSync(((root!["rootpage"] as number) - 1) * 4096, Deno.SeekMode.Start);
    file.writeSync(new Uint8Array(4096).fill(0xff));
    file.close();
  }
  expect(() => registry.query("SELECT * FROM measurements"))
    .toThrow("Cannot query: it needs the index, found that it is damaged. Give the command again.");
  await registry.refresh({ details: true });
  expect(registry.query("SELECT count(*) > 0 FROM measurements").rows).toEqual([[1]]);
});

Deno.test("an index that is damaged again and again is left for memory", async () => {
  await using folder = await twoRuns();
  const index = new Index(folder.path);
  using registry = new Registry(folder.path, index);
  for (const words of ["is built anew: it has other", "is not used: it has other"]) {
    index.read((db) => db.exec("DROP TABLE runs"));
    await registry.refresh();
    expect(states(registry)).toHaveLength(2);
    expect(registry.notes).toEqual([expect.stringContaining(words)]);
  }
});

Deno.test("a long-lived process says what is wrong with the index now, and uses it again once it is good", async () => {
  await using folder = await twoRuns();
  let now = 0;
  using registry = new Registry(folder.path, new Index(folder.path, () => now));
  const notesAt = async (seconds: number) => {
    now = 1000 * seconds;
    await registry.refresh();
    expect(states(registry)).toHaveLength(2);
    return registry.notes.map((note) => note.slice(folder.index.length + 1));
  };
  const put = async (make: (path: string) => Promise<void>) => {
    for (const name of ["-wal", "-shm", ""]) { // a new file must not be completed by the old one's log
      await Deno.remove(folder.index + name, { recursive: true }).catch(() => {});
    }
    await make(folder.index);
  };
  const garbage = (path: string) => Deno.writeTextFile(path, "no database ".repeat(1000));
  const notUsed = "Runs are found all the same, and read anew by each command.";

  expect(await notesAt(0)).toEqual([]);
  await put(garbage);
  expect(await notesAt(1)).toEqual(["is built anew: it is damaged."]);
  expect(await notesAt(2)).toEqual([]);
  await put((path) => Deno.mkdir(path));
  expect(await notesAt(3)).toEqual([`is not used: it is no regular file. ${notUsed}`]);
  expect(await notesAt(33)).toEqual([`is not used: it is no regular file. ${notUsed}`]);
  await put(async () => expect(await look(folder.path)).toEqual([])); // another command makes it
  expect(await notesAt(62.9)).toEqual([`is not used: it is no regular file. ${notUsed}`]);
  expect(await notesAt(63)).toEqual([]);
  expect(() => registry.query("SELECT 1")).not.toThrow();
  using reader = openReader(folder.index);
  expect(reader.prepare("SELECT count(*) AS runs FROM runs").get()).toEqual({ runs: 2 });
  await put(garbage);
  expect(await notesAt(64)).toEqual(["is built anew: it is damaged."]);
});

Deno.test("an index that another program goes on to lock is not taken back", async () => {
  await using folder = await twoRuns();
  await look(folder.path);
  let now = 0;
  using registry = new Registry(folder.path, new Index(folder.path, () => now));
  await registry.refresh();
  await writeFinishedRun(folder.path, "new");
  const notesLater = async () => {
    const read: number[] = [];
    await registry.refresh({ onProgress: (_, total) => void read.push(total) });
    now += 30_000;
    return [registry.notes.length, read.length];
  };
  {
    using _locked = lockIndex(folder.index, "BEGIN IMMEDIATE");
    expect(await notesLater()).toEqual([1, 3]);
    expect(await notesLater()).toEqual([1, 0]);
  }
  expect((await notesLater())[0]).toBe(0);
});

Deno.test("a query without its index says so, and the next look makes it again", async () => {
  await using folder = await twoRuns();
  using registry = Registry.open(folder.path);
  await registry.refresh();
  await Deno.remove(folder.index);
  expect(() => registry.query("SELECT 1"))
    .toThrow("Cannot query: it needs the index, found that it cannot be opened or made.");
  await registry.refresh();
  expect(registry.query("SELECT count(*) FROM runs").rows).toEqual([[2]]);
  expect(registry.notes).toEqual([]);
});

Deno.test("an index that is deleted or replaced while it is open is followed by name", async () => {
  await using folder = await twoRuns();
  using server = Registry.open(folder.path);
  await server.refresh();
  await Deno.remove(folder.index);
  expect(await look(folder.path)).toEqual([]); // another command makes one
  await writeFinishedRun(folder.path, "new");
  await server.refresh({ details: true });
  expect([states(server).length, server.notes]).toEqual([3, []]);
  using command = Registry.open(folder.path);
  expect(states(command)).toHaveLength(3); // it is the server's file
});

Deno.test("the folder of runs may be missing, come later, and hold nothing", async () => {
  await using folder = await temporaryFolder();
  const out = join(folder.path, "later");
  using registry = Registry.open(out);
  await registry.refresh();
  expect([registry.list(), registry.count(), registry.notes]).toEqual([[], 0, []]);
  expect([...Deno.readDirSync(folder.path)]).toEqual([]); // looking makes nothing
  await writeFinishedRun(out);
  await registry.refresh();
  expect(registry.count()).toBe(1);
  using file = Registry.open(join(out, record.id, "run.json"));
  await expect(file.refresh()).rejects.toThrow(/^Cannot read the runs in .+: Not a directory/);
});

Deno.test("a folder that is half copied is damaged until its run.json is there, and one that holds no run is none", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "whole");
  await Deno.mkdir(join(folder.path, "copy"));
  using registry = Registry.open(folder.path);
  const copied = async (name: string) => {
    await write(
      join(folder.path, "copy", name),
      await Deno.readTextFile(join(folder.path, "whole", name)),
    );
    await registry.refresh({ details: true });
    return registry.list({ text: "copy" }).map(({ state, message }) => [state, message]);
  };
  await registry.refresh();
  expect(registry.count()).toBe(1);
  expect(await copied("artifacts/summary/summary.json")).toEqual([[
    "damaged",
    "run.json is missing",
  ]]);
  expect(await copied("events.jsonl")).toEqual([["damaged", "run.json is missing"]]);
  expect(await copied("run.json"))
    .toEqual([["damaged", "artifacts/summary lists no file summary.json"]]);
  expect(await copied("artifacts/summary/manifest.json")).toEqual([["finished", null]]);
});

Deno.test("a run that is damaged while it is shown says what is wrong, and is itself again once that is mended", async () => {
  await using folder = await twoRuns();
  using registry = Registry.open(folder.path);
  await registry.refresh({ details: true });
  const path = join(folder.path, "killed", "run.json");
  const good = await Deno.readTextFile(path);
  await write(path, good.replace("rotnet", "rotten"));
  await registry.refresh({ details: true });
  const [row] = registry.list({ states: ["damaged"] });
  expect(row).toMatchObject({
    ...{ name: "killed", id: null, title: null, experiment: null, createdAt: null, facts: [] },
    message: expect.stringMatching(/^run\.json cannot be read: its checksum is /),
  });
  expect(registry.list().at(-1)?.name).toBe("killed");
  await write(path, good);
  await registry.refresh();
  expect(states(registry)).toEqual([["killed", "interrupted"], [record.id, "finished"]]);
});

Deno.test("with a clock that was set back a change is still seen, and no time counts below 0", async () => {
  await using folder = await twoRuns();
  using registry = Registry.open(folder.path);
  await registry.refresh();
  const path = join(folder.path, "killed", "events.jsonl");
  const whole = await Deno.readTextFile(path);
  const stopped = { t: "2020-01-01T00:00:00.000Z", type: "run-stopped" } as const;
  await write(path, whole.replace(/.*$/, lines([sealEvent(stopped)])));
  await Deno.utime(path, 0, 0);
  await registry.refresh();
  expect(registry.list({ text: "killed" })).toMatchObject([
    {
      ...{ state: "stopped", seconds: 59, lastEvent: stopped.t },
      notes: [
        "the clock was set back while the run was at work: its times are shorter than it was",
      ],
    },
  ]);
});

Deno.test("names that anybody may have made are found, and are no SQL", async () => {
  await using folder = await temporaryFolder();
  const names = ["'; DROP TABLE runs; --", '"quoted"', "ümlaut 🙂", "a\nline", "%_*?[", "-rf"];
  for (const name of names) await writeRunningRun(folder.path, name, now);
  using registry = Registry.open(folder.path);
  await registry.refresh({ details: true });
  expect(registry.list().map(({ name }) => name).sort()).toEqual(names.toSorted());
  for (const name of ["'; DROP", "ÜMLAUT", "%_*?["]) {
    expect(registry.count({ text: name })).toBe(1);
  }
});

Deno.test("a run goes on while the index is locked: it never opens it", async () => {
  await using folder = await temporaryFolder();
  {
    using registry = Registry.open(folder.path);
    await registry.refresh();
  }
  const path = join(folder.path, "index.sqlite");
  using _locked = lockIndex(path, exclusive);
  const before = await Deno.stat(path);
  const run = await execute(folder.path);
  expect((await run.events()).at(-1)?.type).toBe("run-finished");
  expect((await Deno.stat(path)).mtime).toEqual(before.mtime);
});

Deno.test("calls that overlap share one refresh; one that asks for more waits for it", async () => {
  await using folder = await twoRuns();
  using registry = Registry.open(folder.path);
  let read = 0;
  const onProgress = () => void read++;
  await Promise.all([1, 2, 3].map(() => registry.refresh({ onProgress })));
  expect(read).toBe([...Deno.readDirSync(folder.path)].filter((one) => one.isDirectory).length);
  await Promise.all([registry.refresh(), registry.refresh({ details: true })]);
  expect(registry.query("SELECT count(DISTINCT run) FROM stages").rows).toEqual([[2]]);
});

Deno.test("while runs are at work their rows follow them, and their details when they are asked for", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "busy", now);
  using _held = await hold(folder.path, "busy");
  using registry = Registry.open(folder.path);
  const epochs = async () => {
    await registry.refresh({ details: true });
    return registry.query("SELECT count(*) FROM curves WHERE arm = 'npre2x'").rows[0]![0];
  };
  const before = await epochs();
  const log = [...Deno.readDirSync(join(folder.path, "objects"))].map(({ name }) =>
    join(folder.path, "objects", name, "log.jsonl")
  )[0]!;
  const whole = (await Deno.readTextFile(log)).split("\n").slice(0, -1).join("\n");
  await write(log, `${whole}\n${lines([{ epoch: 99, loss: 1, accuracy: 5, learningRate: 0.1 }])}`);
  expect(await epochs()).toBe((before as number) + 1);
});
