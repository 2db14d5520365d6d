/** A rule switched off and on in the same story. */
export interface RuleOutcome {
  readonly rule: string;
  /** The sample, within the repository. */
  readonly file: string;
  readonly off: {
    readonly title: string;
    readonly seed: number;
    readonly verdict: string;
    /** Properties that fell, the first one first; none where the rule is a convenience. */
    readonly broken: readonly string[];
    /** Delivered messages, fired timers and crashes until the first violation; 0 without one. */
    readonly events: number;
    /** Virtual time of the first violation, in microseconds. */
    readonly timeUs: number;
  };
  readonly on: {
    readonly title: string;
    readonly seed: number;
    readonly verdict: string;
    /** Seeds, from 1 on, over which the scenario passed without a violation. */
    readonly seeds: number;
  };
}
