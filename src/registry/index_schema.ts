/** The tables of the index. docs/RUNS.md describes them; a test holds it to this file. */

/** Marks the file as an index of clusterfit: `PRAGMA application_id`, "clfi" in ASCII. */
export const applicationId = 0x636c6669;

/** Raised with every change of the tables: an index with another one is built anew. `PRAGMA user_version`. */
export const schemaVersion = 2;

/** Every table but `runs` has a row's run in its column `run`, and loses its rows with it. */
export const tables: readonly string[] = `
CREATE TABLE runs (
  run INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  id TEXT,
  title TEXT,
  experiment TEXT,
  scale TEXT,
  data TEXT,
  state TEXT NOT NULL,
  message TEXT,
  created_at TEXT,
  last_event TEXT,
  seconds REAL NOT NULL,
  stages_done INTEGER NOT NULL,
  stages_total INTEGER NOT NULL,
  command TEXT NOT NULL,
  facts TEXT NOT NULL,
  curve TEXT NOT NULL,
  notes TEXT NOT NULL,
  search TEXT NOT NULL,
  settings TEXT NOT NULL,
  files TEXT NOT NULL,
  details TEXT
) STRICT;
CREATE INDEX runs_by_date ON runs (created_at DESC, name);
CREATE TABLE config (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  key TEXT NOT NULL,
  value ANY,
  asked INTEGER NOT NULL,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE seeds (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  seed INTEGER NOT NULL,
  PRIMARY KEY (run, seed)
) STRICT, WITHOUT ROWID;
CREATE TABLE stages (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  node TEXT NOT NULL,
  stage TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  seconds REAL,
  message TEXT,
  PRIMARY KEY (run, node)
) STRICT, WITHOUT ROWID;
CREATE TABLE attempts (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  began TEXT NOT NULL,
  command TEXT NOT NULL,
  versions TEXT NOT NULL,
  hardware TEXT NOT NULL,
  PRIMARY KEY (run, attempt)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  number INTEGER NOT NULL,
  t TEXT NOT NULL,
  type TEXT NOT NULL,
  node TEXT,
  message TEXT,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE measurements (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  number INTEGER NOT NULL,
  arm TEXT NOT NULL,
  point TEXT NOT NULL,
  seed INTEGER NOT NULL,
  target TEXT,
  part TEXT NOT NULL,
  layer TEXT NOT NULL,
  budget INTEGER,
  probe TEXT,
  metric TEXT NOT NULL,
  value REAL NOT NULL,
  baseline REAL,
  converged INTEGER,
  evaluations INTEGER,
  reference TEXT,
  best INTEGER NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE curves (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  arm TEXT NOT NULL,
  point TEXT NOT NULL,
  seed INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  loss REAL NOT NULL,
  accuracy REAL,
  learning_rate REAL NOT NULL,
  PRIMARY KEY (run, arm, point, seed, epoch)
) STRICT, WITHOUT ROWID;
CREATE TABLE artifacts (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  node TEXT NOT NULL,
  file TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (run, node, file)
) STRICT, WITHOUT ROWID
`.split(";");
