/** A text that is no table, and in which line, from 1. */
export class LineError extends Error {
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
  }
}
