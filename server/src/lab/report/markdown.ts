/** Markdown of texts that may hold anything: what a scenario says stays text, whatever it looks like. */

/** What Markdown, GitHub's included, or HTML could take for more than text: marks, links by address, icons by name. */
const SPECIAL = /[\\`*_[\]<>&|~$#@]|:(?=[/\w])|\b(?<=www)\.|^(?:[-+=]|\d+(?=[.)]))/giu;

/** A text of one line as plain text. */
export function plain(text: string): string {
  return oneLine(text)
    .trim()
    .replace(SPECIAL, (sign) => ENTITIES[sign] ?? (/^\d/.test(sign) ? `${sign}\u2060` : `\\${sign}`));
}

const ENTITIES: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** A text of one line as code; also safe within a table. */
export function code(text: string): string {
  const line = oneLine(text).replaceAll("|", "\\|");
  if (line === "") return "";
  const ticks = "`".repeat(longestRun(line) + 1);
  // A space on both sides is taken away again by whoever reads it; without it a tick would join the fence.
  const edge = line.startsWith("`") || line.endsWith("`") || line.startsWith(" ") ? " " : "";
  return `${ticks}${edge}${line}${edge}${ticks}`;
}

/** Lines as they stand, in a fence that nothing in them ends. */
export function fenced(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\r\n?/g, "\n").trimEnd()}\n${fence}`;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function oneLine(text: string): string {
  // Lines and control characters have no place in a line of a table, and none can be seen.
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " ⏎ ").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
