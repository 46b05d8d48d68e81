/** The three parts of a target: fit on train, choose costs on validation, report on test. */
export const splits = ["train", "validation", "test"] as const;
export type Split = (typeof splits)[number];
