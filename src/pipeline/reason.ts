/** Why something could not be read, on one line: zod lists its findings on several. */
import { z } from "zod";

export function reasonOf(error: unknown): string {
  const text = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
  return text.split("\n").map((line) => line.trim()).join("; ");
}
