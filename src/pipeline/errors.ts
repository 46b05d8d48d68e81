/** Errors that are the user's to mend: shown as one message, without a stack, with exit code 2. */

/** The message says what was attempted, what is required, what was found and what to do. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** A full or read-only disk, told in the words of the person who owns it; anything else unchanged. */
export function explainSystemError(error: unknown, attempted: string): unknown {
  if (!(error instanceof Error)) return error;
  const advice = systemErrors.find(({ pattern }) => pattern.test(error.message))?.advice;
  if (advice === undefined) return error;
  return new UserError(`${attempted} failed: ${error.message}. ${advice}`, { cause: error });
}

const systemErrors = [
  {
    pattern: /No space left on device|os error 28|ENOSPC|Disk quota exceeded/i,
    advice:
      "Free some disk space (or give another folder with --out) and run the same command again.",
  },
  {
    pattern: /Read-only file system|os error 30|EROFS|Permission denied|os error 13|EACCES/i,
    advice: "Give a folder you can write to with --out.",
  },
];
