/** What to do about what stops a set-up: the disk, the network, the index. */

/** Advice on an error message, or `undefined` where there is none. */
export function adviceFor(message: string): string | undefined {
  return complaints.find(({ pattern }) => pattern.test(message))?.advice;
}

const complaints = [
  {
    pattern: /No space left on device|Disk quota exceeded/,
    advice:
      "The disk is full: the CPU build needs 2 GB, the CUDA build several times that, beside room " +
      "in the folder for temporary files (TMPDIR). Free some and run the same command again.",
  },
  {
    pattern: /Read-only file system|Permission denied/,
    advice:
      "The environment cannot be written. Use a checkout that you own, or activate a virtual " +
      "environment that you can write to, and run the same command again.",
  },
  {
    pattern: /after connection broken by|Max retries exceeded|Temporary failure in name resolution/,
    advice: "The package index did not answer. Check the network (and HTTPS_PROXY, if you need a " +
      "proxy), then run the same command again: it goes on where it stopped.",
  },
  {
    pattern: /No matching distribution found/,
    advice: "No wheel fits this Python and this machine. Try Python 3.11 or 3.12 " +
      "(CLUSTERFIT_PYTHON=/path/to/python3.11) on Linux (x86-64, ARM64) or macOS 14 or later.",
  },
  {
    pattern: /DO NOT MATCH THE HASHES/,
    advice:
      "A package is not the file that was locked. Empty pip's cache (pip cache purge), check " +
      "the index that pip is configured for, and run the same command again.",
  },
];
