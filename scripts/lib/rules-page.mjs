// docs/rules.md: each rule of Raft that can be switched off, and what its sample showed when it was run.

/** @typedef {import("../../server/src/language/vocabulary/rules.js").RuleEntry} RuleEntry */
/** @typedef {import("../../server/src/language/vocabulary/rule-outcomes.js").RuleOutcome} RuleOutcome */

const intro = `# Raft's rules, one by one

\`rule NAME off\` in a cluster makes its servers forget one rule of Raft. Each rule has a sample with the same story twice: without the rule, where the
lab has to find what breaks, and with it. *Events* are delivered messages, fired timers and crashes until the first violation. This page is generated
from what running the samples said: \`npm run rules\`, then \`node scripts/generate-docs.mjs\`.
`;

/**
 * The whole page.
 * @param {readonly RuleEntry[]} rules
 * @param {readonly RuleOutcome[]} outcomes
 */
export function rulesPage(rules, outcomes) {
  const lines = ["| rule | what it says | off, the run says | on |", "|---|---|---|---|"];
  for (const rule of rules) {
    const outcome = outcomes.find((other) => other.rule === rule.name);
    lines.push(row([`\`${rule.name}\``, `${rule.says} (${rule.source})`, ...shown(outcome)]));
  }
  return `${intro}\n${lines.join("\n")}\n`;
}

/** @param {RuleOutcome | undefined} outcome */
function shown(outcome) {
  if (outcome === undefined) return ["comes later", ""];
  const { file, off, on } = outcome;
  const fell =
    off.broken.length === 0
      ? "no property falls"
      : `**${off.broken[0]}** falls after ${off.events} events${off.broken.length > 1 ? `, besides ${off.broken.slice(1).join(", ")}` : ""}`;
  return [
    `${fell} ([${off.title.replace(/^[^:]*: /, "")}](../${file}), seed ${off.seed})`,
    `holds over ${on.seeds} seeds`,
  ];
}

/** @param {readonly string[]} cells */
function row(cells) {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
