/** What a process tells the one that has started it for a task. */
export type ApartReport<End> =
  | { readonly kind: "say" | "say-once"; readonly text: string }
  /** How the task went. */
  | { readonly kind: "end"; readonly end: End };
