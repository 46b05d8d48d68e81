/** Errors that are the user's to mend: shown as one message, without a stack, with exit code 2. */

/** The message says what was attempted, what is required, what was found and what to do. */
export class UserError extends Error {
  /** Of the class, as for every JS error. */
  override readonly name = "UserError";
}

/** What the operating system refused. It hits all that a run does, whichever stage meets it first. */
export class SystemError extends UserError {}

/** A folder for runs that cannot be made or written: another one would do, and the caller knows how it is
 * given. */
export class FolderError extends SystemError {}

/**
 * What the operating system refused, in the words of the person who can mend it. `attempted`: what was tried,
 * behind "Cannot". An error that is already
 * told so, or that stands on one as its `cause`, is that error: nothing is told twice. Anything else is
 * given back unchanged.
 */
export function explainSystemError(error: unknown, attempted: string): unknown {
  const chain = [...causes(error)];
  const told = chain.find((cause) => cause instanceof UserError);
  if (told) return told;
  const refused = chain.find((cause) =>
    cause instanceof Error && Object.hasOwn(advice, codeOf(cause))
  );
  if (!(refused instanceof Error)) return error;
  const code = codeOf(refused);
  const Explained = otherFolder.has(code) ? FolderError : SystemError;
  const message = refused.message.startsWith("Cannot ")
    ? refused.message // it says what was attempted, and what to do
    : `Cannot ${attempted}: ${refused.message}. ${advice[code]}`;
  return new Explained(message, { cause: error });
}

/** The error, what caused it, and so on. */
function* causes(error: unknown): Generator<unknown> {
  const seen = new Set<unknown>();
  for (let at = error; at !== undefined && !seen.has(at);) {
    yield at;
    seen.add(at);
    at = at instanceof Error ? at.cause : undefined;
  }
}

/** `ENOSPC` and the like, as Deno's and Node's errors carry it. */
function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

const room = "Free some disk space and run the same command again: it goes on where it stopped.";
const rights =
  "Run it as a user who may do that, or change who may (chmod, chown), and run the same " +
  "command again.";
const folder = "A folder stands where a file is needed: move it away, or give another path.";
const file = "A file stands where a folder is needed: move it away, or give another path.";
const files = "Raise the limit on open files (ulimit -n) and run the same command again.";
const disk = "The disk reports an error: check it before you run the same command again.";

const advice: Readonly<Record<string, string>> = {
  ENOSPC: room,
  EDQUOT: room,
  EFBIG: "Raise the limit on the size of files (ulimit -f) and run the same command again.",
  EROFS: "The disk is mounted for reading only: it needs one that can be written.",
  EACCES: rights,
  EPERM: rights,
  EISDIR: folder,
  ENOTDIR: file,
  EEXIST: file,
  ENAMETOOLONG: "The path is longer than the system takes: give a shorter one.",
  ELOOP: "Its symbolic links lead round in a circle: mend them and run the same command again.",
  ENOENT: "It was moved or removed meanwhile: run the same command again.",
  EMFILE: files,
  ENFILE: files,
  EIO: disk,
};

/** What another folder for runs would be out of. */
const otherFolder: ReadonlySet<string> = new Set([
  ...["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "ENAMETOOLONG", "EIO"],
]);
