/** What a person needs to know of a run to run it again. */
export interface Reproducible {
  /** As a person calls the file; `null` when there is none. */
  readonly file: string | null;
  /** The scenario's title; `null` when it was no scenario's run. */
  readonly scenario: string | null;
  readonly seed: number;
  /** Settings other than the file's, each as a line of a `cluster` block. */
  readonly settings: readonly string[];
  /** Only a run has a line: a live session is what somebody did. */
  readonly kind: "run" | "live";
}

/** One shell line that runs it again; `null` when there is none. */
export function reproduceLine({ file, scenario, seed, settings, kind }: Reproducible): string | null {
  if (kind === "live" || file === null || scenario === null) return null;
  const sets = settings.map((setting) => ` --set ${shellQuote(setting.replace(" ", "="))}`).join("");
  return `raftlab run ${shellQuote(file)} --scenario ${shellQuote(scenario)} --seed ${seed}${sets}`;
}

/** A word as a POSIX shell takes it literally. */
export function shellQuote(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
