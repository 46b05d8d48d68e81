/** What set-up left, for the doctor: the tasks know, and hand it in. */

export interface SetupReport {
  /** Why it failed, if it did. */
  readonly failure: string | null;
  /** The virtual environment. */
  readonly venv: string;
  /** Each lock file of packages, and whether what it names is installed: "other" is another version of it. */
  readonly locks: readonly {
    readonly file: string;
    readonly title: string;
    /** Whether every run needs it. */
    readonly needed: boolean;
    readonly state: "installed" | "missing" | "other";
  }[];
}
