/** Every NULL and -1 of the C API is checked where it is returned. */

let takeError: () => unknown = () => new Error("Python failed while it was being started.");

/** Says how the pending Python exception becomes a JS error (error.ts). */
export function raiseWith(take: () => unknown): void {
  takeError = take;
}

/** Passes an address on, or throws the pending Python exception where it is NULL. */
export function check(address: bigint): bigint {
  if (address === 0n) throw takeError();
  return address;
}

/** Passes a status on, or throws the pending Python exception where it is negative. */
export function checkStatus<T extends number | bigint>(status: T): T {
  if (status < 0) throw takeError();
  return status;
}
