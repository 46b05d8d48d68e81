import { PythonError } from "clusterfit/deno-python";

/** The PythonError that `body` throws; any other error is thrown on. */
export function errorOf(body: () => unknown): PythonError {
  try {
    body();
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
  throw new Error("It did not throw.");
}
