/**
 * The extension's settings as the server gets them: with `initialize`, and again with `workspace/didChangeConfiguration` as
 * `{ "settings": { "raftlab": { "simulation.maxEvents": 3000000, … } } }`. Values that do not fit are replaced by the defaults, which is told once.
 */

/** A number setting: integers of a range, or numbers where `integer` is false. */
export interface NumberSetting {
  readonly kind: "number";
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly integer: boolean;
}

/** A setting that is on or off. */
export interface BooleanSetting {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** Every setting of the extension by its name behind `raftlab.`; the manifest declares the same, which a test compares. */
export const SETTINGS = {
  openPanelOnRun: { kind: "boolean", default: true },
  "codeLens.enabled": { kind: "boolean", default: true },
  "inlayHints.enabled": { kind: "boolean", default: true },
  "live.pace": { kind: "number", default: 0.1, minimum: 0.001, maximum: 1000, integer: false },
  "simulation.maxEvents": { kind: "number", default: 3_000_000, minimum: 10_000, maximum: 50_000_000, integer: true },
  "simulation.maxSeconds": { kind: "number", default: 600, minimum: 1, maximum: 86_400, integer: true },
  "store.keep": { kind: "number", default: 200, minimum: 1, maximum: 2000, integer: true },
} as const satisfies Readonly<Record<string, NumberSetting | BooleanSetting>>;

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** A value for each setting. */
export type Settings = {
  readonly [N in SettingName]: (typeof SETTINGS)[N]["kind"] extends "boolean" ? boolean : number;
};

/** The defaults. */
export const DEFAULT_SETTINGS: Settings = {
  openPanelOnRun: SETTINGS.openPanelOnRun.default,
  "codeLens.enabled": SETTINGS["codeLens.enabled"].default,
  "inlayHints.enabled": SETTINGS["inlayHints.enabled"].default,
  "live.pace": SETTINGS["live.pace"].default,
  "simulation.maxEvents": SETTINGS["simulation.maxEvents"].default,
  "simulation.maxSeconds": SETTINGS["simulation.maxSeconds"].default,
  "store.keep": SETTINGS["store.keep"].default,
};

/** What does not fit, for words to be made of it. */
export interface SettingProblem {
  readonly name: SettingName;
  readonly expected: NumberSetting | BooleanSetting;
  readonly value: unknown;
}

/** Reads settings by their names; what is missing has its default, what does not fit has it too and is a problem. */
export function readSettings(value: unknown): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const given = (name: SettingName): unknown =>
    typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  const flag = (name: SettingName, expected: BooleanSetting): boolean => {
    const found = given(name);
    if (found === undefined || typeof found === "boolean") return found ?? expected.default;
    problems.push({ name, expected, value: found });
    return expected.default;
  };
  const amount = (name: SettingName, expected: NumberSetting): number => {
    const found = given(name);
    if (found === undefined) return expected.default;
    const { minimum, maximum, integer } = expected;
    const fits =
      typeof found === "number" && found >= minimum && found <= maximum && (!integer || Number.isInteger(found));
    if (fits) return found;
    problems.push({ name, expected, value: found });
    return expected.default;
  };
  const settings: Settings = {
    openPanelOnRun: flag("openPanelOnRun", SETTINGS.openPanelOnRun),
    "codeLens.enabled": flag("codeLens.enabled", SETTINGS["codeLens.enabled"]),
    "inlayHints.enabled": flag("inlayHints.enabled", SETTINGS["inlayHints.enabled"]),
    "live.pace": amount("live.pace", SETTINGS["live.pace"]),
    "simulation.maxEvents": amount("simulation.maxEvents", SETTINGS["simulation.maxEvents"]),
    "simulation.maxSeconds": amount("simulation.maxSeconds", SETTINGS["simulation.maxSeconds"]),
    "store.keep": amount("store.keep", SETTINGS["store.keep"]),
  };
  return { settings, problems };
}
