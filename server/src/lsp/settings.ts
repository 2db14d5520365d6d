/** The settings as the server goes by them, and what is said about those that do not fit. */
import { t } from "../l10n/text.js";
import { DEFAULT_SETTINGS, readSettings, type SettingProblem, type Settings } from "../protocol/settings.js";

/** Holds the settings; whoever goes by them listens. */
export class ServerSettings {
  readonly #warn: (message: string) => void;
  readonly #listeners: ((settings: Settings) => void)[] = [];
  #told: ReadonlySet<string> = new Set();
  #current: Settings = DEFAULT_SETTINGS;

  /** `warn` tells a person: once when a setting begins not to fit, not with every change of it or of others. */
  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** The settings that hold now. */
  get current(): Settings {
    return this.#current;
  }

  /** Takes over settings by their names behind `raftlab.`, from wherever they come. */
  take(raw: unknown): void {
    const { settings, problems } = readSettings(raw);
    const wrong = new Set(problems.map(({ name }) => name));
    for (const problem of problems) {
      if (!this.#told.has(problem.name)) this.#warn(problemText(problem));
    }
    this.#told = wrong;
    this.#current = settings;
    for (const listener of this.#listeners) listener(settings);
  }

  /** Hears of every change, and at once of what holds now. */
  listen(listener: (settings: Settings) => void): void {
    this.#listeners.push(listener);
    listener(this.#current);
  }
}

/** The settings in the parameters of `workspace/didChangeConfiguration`; `null` when it is about others. */
export function changedSettings(params: unknown): unknown {
  const settings: unknown = Object(params)["settings"];
  return Object(settings)["raftlab"] ?? null;
}

/** What is wrong with a setting's value, and what holds instead. */
export function problemText({ name, expected, value }: SettingProblem): string {
  const setting = `raftlab.${name}`;
  const shown = (JSON.stringify(value) ?? "undefined").slice(0, 40);
  if (expected.kind === "boolean") {
    return t("The setting {0} must be true or false, not {1}: {2} holds instead.", setting, shown, expected.default);
  }
  const { minimum, maximum, integer } = expected;
  return integer
    ? t(
        "The setting {0} must be a whole number from {1} to {2}, not {3}: {4} holds instead.",
        setting,
        minimum,
        maximum,
        shown,
        expected.default,
      )
    : t(
        "The setting {0} must be a number from {1} to {2}, not {3}: {4} holds instead.",
        setting,
        minimum,
        maximum,
        shown,
        expected.default,
      );
}
