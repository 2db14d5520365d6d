// docs/rules.md: each rule of Raft that can be switched off, and what its sample showed when it was run.

/** @typedef {import("../../server/src/language/vocabulary/rules.js").RuleEntry} RuleEntry */
/** @typedef {import("../../server/src/language/vocabulary/rule-outcome.js").RuleOutcome} RuleOutcome */
/** @typedef {import("../../server/src/explore/results.js").ExploreResults} ExploreResults */

const intro = `# Raft's rules, one by one

\`rule NAME off\` in a cluster makes its servers forget one rule of Raft. Each rule has a sample with the same story twice: without the rule, where the
lab has to find what breaks, and with it. *Events* are delivered messages, fired timers and crashes until the first violation. This page is generated
from what running the samples said: \`npm run rules\`, then \`node scripts/generate-docs.mjs\`.
`;

const exploring = `
*Search* is a random search at the protocol's level, without time: the median of its seeds, of events and of seconds until a property fell, in clusters
of the size in which that took least. *Soak* counts random scenarios, with every fault there is, until one was wrong. Both know nothing of the samples;
[performance.md](performance.md#searching) tells more, \`npm run search\` and \`npm run soak\` measure again.
`;

/**
 * The whole page. Columns of searches and soaks are there once there are figures.
 * @param {readonly RuleEntry[]} rules
 * @param {readonly RuleOutcome[]} outcomes
 * @param {ExploreResults} results
 */
export function rulesPage(rules, outcomes, results) {
  const searched = results.search.length > 0;
  const soaked = results.soak.length > 0;
  const head = [
    ...["rule", "what it says", "off, the run says", "on"],
    ...(searched ? ["search: events (median)", "seconds"] : []),
    ...(soaked ? ["soak: runs (median)"] : []),
  ];
  const lines = [row(head), `|${"---|".repeat(head.length)}`];
  for (const { name, says, source } of rules) {
    const outcome = outcomes.find((other) => other.rule === name);
    const found = [...(searched ? searchCells(name, results) : []), ...(soaked ? [soakCell(name, results)] : [])];
    lines.push(row([`\`${name}\``, `${says} (${source})`, ...shown(outcome), ...found]));
  }
  return `${intro}${searched || soaked ? exploring : ""}\n${lines.join("\n")}\n`;
}

/**
 * Events and seconds of the size in which a search was quickest; `not in …` where none found anything.
 * @param {string} rule
 * @param {ExploreResults} results
 */
function searchCells(rule, { search }) {
  const rows = search.filter(({ rulesOff }) => rulesOff.length === 1 && rulesOff[0] === rule);
  const [first] = rows;
  if (first === undefined) return ["", ""];
  const quickest = rows
    .flatMap(({ servers, events, seconds }) => (events && seconds ? [{ servers, events, seconds }] : []))
    .sort((a, b) => a.events.median - b.events.median)[0];
  if (quickest === undefined) return [`not in ${number(first.mostEvents)}`, ""];
  const { servers, events, seconds } = quickest;
  return [
    `${number(events.median)} (${servers} servers)`,
    seconds.median < 0.01 ? "under 0.01" : seconds.median.toFixed(seconds.median < 1 ? 2 : 1),
  ];
}

/**
 * @param {string} rule
 * @param {ExploreResults} results
 */
function soakCell(rule, { soak }) {
  const found = soak.find(({ rulesOff }) => rulesOff.length === 1 && rulesOff[0] === rule);
  if (found === undefined) return "";
  return found.runs === null ? `not in ${number(found.mostRuns)}` : number(found.runs.median);
}

/**
 * With commas between thousands.
 * @param {number} value
 */
function number(value) {
  return String(Math.round(value)).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ",");
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
