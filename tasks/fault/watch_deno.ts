/** The functions of Deno by which files are changed, each with its faults. */
import { type Calls, strike } from "./calls.ts";

/** Puts a function that asks `calls` first in the place of each. */
export function watchDeno(calls: Calls): void {
  watchPaths(calls);
  watchFiles(calls);
}

/** Functions of paths: what changes is the last one. */
function watchPaths(calls: Calls): void {
  for (const name of ["rename", "link", "copyFile", "mkdir", "remove"] as const) {
    const call = Deno[name] as (...args: unknown[]) => Promise<unknown>;
    const paths = name === "mkdir" || name === "remove" ? 1 : 2;
    Object.assign(Deno, {
      async [name](...args: unknown[]): Promise<unknown> {
        const named = args.slice(0, paths).map(String);
        const fault = calls.meet(name, named.at(-1)!);
        const what = `${name} ${named.map((path) => `'${path}'`).join(" -> ")}`;
        if (fault?.moment === "before") strike(fault.effect, what);
        try {
          return await call(...args);
        } finally { // also where there was nothing to remove
          if (fault) strike(fault.effect, what);
        }
      },
    });
  }
}

/** Files that are opened to write, or to flush. */
function watchFiles(calls: Calls): void {
  const paths = new WeakMap<Deno.FsFile, string>();
  const open = Deno.open;
  const makes = (options: Deno.OpenOptions) => options.create || options.createNew;
  Object.assign(Deno, {
    async open(
      path: string | URL,
      options: Deno.OpenOptions = { read: true },
    ): Promise<Deno.FsFile> {
      const fault = makes(options) ? calls.meet("create", String(path)) : undefined;
      if (fault?.moment === "before") strike(fault.effect, `open '${path}'`);
      const file = await open(path, options);
      if (fault) {
        file.close();
        strike(fault.effect, `open '${path}'`);
      }
      paths.set(file, String(path));
      return file;
    },
  });
  const prototype = Deno.FsFile.prototype;
  const { write, writeSync, sync, truncate } = prototype;
  const meet = (operation: string, file: Deno.FsFile) => {
    const path = paths.get(file);
    return path === undefined ? undefined : calls.meet(operation, path);
  };
  Object.assign(prototype, {
    write(this: Deno.FsFile, bytes: Uint8Array): Promise<number> {
      return Promise.resolve(written(this, bytes) ?? write.call(this, bytes));
    },
    writeSync(this: Deno.FsFile, bytes: Uint8Array): number {
      return written(this, bytes) ?? writeSync.call(this, bytes);
    },
    async sync(this: Deno.FsFile): Promise<void> {
      const fault = meet("sync", this);
      if (fault?.moment === "before") strike(fault.effect);
      await sync.call(this);
      if (fault) strike(fault.effect);
    },
    async truncate(this: Deno.FsFile, length?: number): Promise<void> {
      const fault = meet("truncate", this);
      if (fault?.moment === "before") strike(fault.effect);
      await truncate.call(this, length);
      if (fault) strike(fault.effect);
    },
  });

  /** Strikes before, half way or behind the bytes; `undefined` where they are to be written as ever. */
  function written(file: Deno.FsFile, bytes: Uint8Array): undefined {
    const fault = meet("write", file);
    if (!fault) return undefined;
    const share = { before: 0, middle: 0.5, after: 1 }[fault.moment];
    writeSync.call(file, bytes.subarray(0, Math.floor(share * bytes.length)));
    strike(fault.effect);
  }
}
