/** RL0xxx: what cannot be read at all. */

import { define } from "./definition.js";
import { scenarioOn, steps } from "./examples.js";

/** The syntax diagnostics by name. */
export const SYNTAX = {
  expected: define({
    code: "RL0001",
    severity: "error",
    title: "Something is missing",
    message: (what: string, after: string, found: string) =>
      `Expected ${what}${after === "" ? "" : ` after \`${after}\``}${found === "" ? "" : `, found \`${shorten(found)}\``}.`,
    explanation:
      "The step or setting needs something that is not there. One error is reported to a statement; the next line is read afresh.",
    wrong: steps("wait"),
    right: steps("wait 500ms"),
  }),
  unexpected: define({
    code: "RL0002",
    severity: "error",
    title: "Something is left over",
    message: (found: string) => `\`${shorten(found)}\` does not belong here. A step ends with its line or with \`;\`.`,
    explanation:
      "The step was complete, but its line goes on. Put the next step on a line of its own, or separate the two with `;`. Several servers are written as a set: `{s1 s2}`.",
    wrong: steps("crash s1 s2"),
    right: steps("crash {s1 s2}"),
  }),
  unknownStep: define({
    code: "RL0003",
    severity: "error",
    title: "Unknown step",
    message: (found: string, suggestion: string) =>
      `There is no step \`${shorten(found)}\`${suggestion === "" ? "." : `; did you mean \`${suggestion}\`?`}`,
    explanation:
      'A step begins with its own word (`crash`, `await`, `put`, …) or with the name of a client followed by an operation (`alice put color "red"`).',
    wrong: steps("crsh leader"),
    right: steps("await leader", "crash leader"),
  }),
  unknownSetting: define({
    code: "RL0004",
    severity: "error",
    title: "Unknown setting",
    message: (found: string, suggestion: string) =>
      `There is no setting \`${shorten(found)}\`${suggestion === "" ? "." : `; did you mean \`${suggestion}\`?`}`,
    explanation:
      "The settings of a cluster are listed in the language reference, each with its values and its default.",
    wrong: scenarioOn("nodes s1..s3; heartbeet 50ms", "await leader"),
    right: scenarioOn("nodes s1..s3; heartbeat 50ms", "await leader"),
  }),
  unterminatedString: define({
    code: "RL0005",
    severity: "error",
    title: "String without an end",
    message: () => 'This string has no closing `"`. A string ends on the line it begins on.',
    explanation: "Strings are double-quoted and stay on one line; write `\\n` for a line break inside one.",
    wrong: steps('put color "red'),
    right: steps('put color "red"'),
  }),
  badEscape: define({
    code: "RL0006",
    severity: "error",
    title: "Unknown escape in a string",
    message: (found: string) =>
      `\`${found}\` is no escape. Known are \`\\"\`, \`\\\\\`, \`\\n\`, \`\\t\` and \`\\u{1F600}\`.`,
    explanation: "A backslash in a string begins an escape. Write `\\\\` for a backslash itself.",
    wrong: steps('note "C:\\data"'),
    right: steps('note "C:\\\\data"'),
  }),
  unknownCharacter: define({
    code: "RL0007",
    severity: "error",
    title: "Character without a meaning",
    message: (found: string) => `\`${shorten(found)}\` means nothing in the scenario language.`,
    explanation:
      "The character is not used by the language. Curly quotes, often pasted from a text processor, must be straight ones.",
    wrong: steps("put color “red”"),
    right: steps('put color "red"'),
  }),
  unclosed: define({
    code: "RL0008",
    severity: "error",
    title: "Block without an end",
    message: (what: string) => `This \`${what}\` is never closed.`,
    explanation: "Every `{`, `[` and `(` needs its closing partner.",
    wrong: 'cluster { nodes s1..s3 }\nscenario "example" {\n  await leader\n',
    right: 'cluster { nodes s1..s3 }\nscenario "example" {\n  await leader\n}\n',
  }),
  outside: define({
    code: "RL0009",
    severity: "error",
    title: "Text outside every block",
    message: (found: string) =>
      `\`${shorten(found)}\` stands outside every block. A file consists of \`cluster { … }\` and \`scenario "…" { … }\`.`,
    explanation: "Steps stand inside a scenario, settings inside a cluster. A `}` too many often ends a block early.",
    wrong: 'cluster { nodes s1..s3 }\nawait leader\nscenario "example" { await leader }\n',
    right: 'cluster { nodes s1..s3 }\nscenario "example" { await leader }\n',
  }),
  tooDeep: define({
    code: "RL0010",
    severity: "error",
    title: "Nested too deeply",
    message: () => "This is nested too deeply to be read.",
    explanation: "Blocks, sets and parentheses may nest sixty deep, which is more than anybody can follow.",
    wrong: steps(`expect ${"(".repeat(80)}leader${")".repeat(80)}`),
    right: steps("await leader", "expect (leader)"),
  }),
  tooLarge: define({
    code: "RL0011",
    severity: "error",
    title: "File too large",
    message: (megabytes: number) => `This file has ${megabytes} million characters; more than 4 million are not read.`,
    explanation: "A scenario is a page of text. A file this large is something else, and is left alone.",
    wrong: "",
    right: steps("await leader"),
  }),
  settingInScenario: define({
    code: "RL0012",
    severity: "error",
    title: "Setting outside a cluster block",
    message: (name: string) => `\`${name}\` is a setting of the cluster: write \`cluster { ${name} … }\`.`,
    explanation:
      "Only `seed` may stand directly in a scenario. All other settings belong in a `cluster { … }` block, which a scenario may have of its own; it overrides the file's settings one by one.",
    wrong: steps("heartbeat 20ms", "await leader"),
    right: steps("cluster { heartbeat 20ms }", "await leader"),
  }),
} as const;

/** Keeps a quoted piece of the text short enough for a message. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
}
