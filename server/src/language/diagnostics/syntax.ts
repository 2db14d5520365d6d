/** RL0xxx: what cannot be read at all. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";
import { shorten, unknown } from "./words.js";

/** The syntax diagnostics by name. */
export const SYNTAX = {
  expected: define({
    code: "RL0001",
    severity: "error",
    title: "Something is missing",
    message: (what: string, after: string, found: string) => {
      const instead = shorten(found);
      if (after === "") return found === "" ? t("Expected {0}.", what) : t("Expected {0}, found `{1}`.", what, instead);
      if (found === "") return t("Expected {0} after `{1}`.", what, after);
      return t("Expected {0} after `{1}`, found `{2}`.", what, after, instead);
    },
    explanation:
      "The step or setting needs something that is not there. One error is reported to a statement; the next line is read afresh.",
    wrong: steps("wait"),
    right: steps("wait 500ms"),
  }),
  unexpected: define({
    code: "RL0002",
    severity: "error",
    title: "Something is left over",
    message: (found: string) => t("`{0}` does not belong here. A step ends with its line or with `;`.", shorten(found)),
    explanation:
      "The step was complete, but its line goes on. Put the next step on a line of its own, or separate the two with `;`. Several servers are written as a set: `{s1 s2}`.",
    wrong: steps("crash s1 s2"),
    right: steps("crash {s1 s2}"),
  }),
  unknownStep: define({
    code: "RL0003",
    severity: "error",
    title: "Unknown step",
    message: (found: string, suggestion: string) => unknown(t("step"), found, { suggestion, known: [] }),
    explanation:
      'A step begins with its own word (`crash`, `await`, `put`, …) or with the name of a client followed by an operation (`alice put color "red"`).',
    wrong: steps("crsh leader"),
    right: steps("await leader", "crash leader"),
  }),
  unknownSetting: define({
    code: "RL0004",
    severity: "error",
    title: "Unknown setting",
    message: (found: string, suggestion: string) => unknown(t("setting"), found, { suggestion, known: [] }),
    explanation:
      "The settings of a cluster are listed in the language reference, each with its values and its default.",
    wrong: scenarioOn("nodes s1..s3; heartbeet 50ms", "await leader"),
    right: scenarioOn("nodes s1..s3; heartbeat 50ms", "await leader"),
  }),
  unterminatedString: define({
    code: "RL0005",
    severity: "error",
    title: "String without an end",
    message: () => t('This string has no closing `"`. A string ends on the line it begins on.'),
    explanation: "Strings are double-quoted and stay on one line; write `\\n` for a line break inside one.",
    wrong: steps('put color "red'),
    right: steps('put color "red"'),
  }),
  badEscape: define({
    code: "RL0006",
    severity: "error",
    title: "Unknown escape in a string",
    message: (found: string) => t('`{0}` is no escape. Known are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{1F600}`.', found),
    explanation: "A backslash in a string begins an escape. Write `\\\\` for a backslash itself.",
    wrong: steps('note "C:\\data"'),
    right: steps('note "C:\\\\data"'),
  }),
  unknownCharacter: define({
    code: "RL0007",
    severity: "error",
    title: "Character without a meaning",
    message: (found: string) => t("`{0}` means nothing in the scenario language.", shorten(found)),
    explanation:
      "The character is not used by the language. Curly quotes, often pasted from a text processor, must be straight ones.",
    wrong: steps("put color “red”"),
    right: steps('put color "red"'),
  }),
  unclosed: define({
    code: "RL0008",
    severity: "error",
    title: "Block without an end",
    message: (what: string) => t("This `{0}` is never closed.", what),
    explanation: "Every `{`, `[` and `(` needs its closing partner.",
    wrong: 'cluster { nodes s1..s3 }\nscenario "example" {\n  await leader\n',
    right: 'cluster { nodes s1..s3 }\nscenario "example" {\n  await leader\n}\n',
  }),
  outside: define({
    code: "RL0009",
    severity: "error",
    title: "Text outside every block",
    message: (found: string) =>
      t(
        '`{0}` stands outside every block. A file consists of `cluster { … }` and `scenario "…" { … }`.',
        shorten(found),
      ),
    explanation: "Steps stand inside a scenario, settings inside a cluster. A `}` too many often ends a block early.",
    wrong: 'cluster { nodes s1..s3 }\nawait leader\nscenario "example" { await leader }\n',
    right: 'cluster { nodes s1..s3 }\nscenario "example" { await leader }\n',
  }),
  tooDeep: define({
    code: "RL0010",
    severity: "error",
    title: "Nested too deeply",
    message: () => t("This is nested too deeply to be read."),
    explanation: "Blocks, sets and parentheses may nest sixty deep, which is more than anybody can follow.",
    wrong: steps(`expect ${"(".repeat(80)}leader${")".repeat(80)}`),
    right: steps("await leader", "expect (leader)"),
  }),
  tooLarge: define({
    code: "RL0011",
    severity: "error",
    title: "File too large",
    message: (megabytes: number) =>
      t("This file has {0} million characters; more than 4 million are not read.", megabytes),
    explanation: "A scenario is a page of text. A file this large is something else, and is left alone.",
    wrong: "",
    right: steps("await leader"),
  }),
  settingInScenario: define({
    code: "RL0012",
    severity: "error",
    title: "Setting outside a cluster block",
    message: (name: string) => t("`{0}` is a setting of the cluster: write it in a `cluster { … }` block.", name),
    explanation:
      "Only `seed` may stand directly in a scenario. All other settings belong in a `cluster { … }` block, which a scenario may have of its own; it overrides the file's settings one by one.",
    wrong: steps("heartbeat 20ms", "await leader"),
    right: steps("cluster { heartbeat 20ms }", "await leader"),
  }),
} as const;
