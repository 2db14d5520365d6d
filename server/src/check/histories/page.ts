/** A recorded history with its verdict as one HTML file that needs nothing else and runs nothing. */
import type { RecordedHistory } from "./history.js";
import { type Bar, type Layout, layoutOf } from "./layout.js";
import { printable } from "./printable.js";
import { DRAWING_STYLE, escapeMarkup, svgDrawing } from "./svg-drawing.js";
import { historyVerdictText, partName, partVerdictText } from "./verdict-text.js";
import type { HistoryPart, HistoryVerdict } from "./verify.js";

/** The page's only style sheet; its hash stands in the page's policy. */
export const PAGE_STYLE = `${DRAWING_STYLE}
:root { color-scheme: light dark; --bg: #ffffff; --fg: #1f2328; --quiet: #59636e; --line: #d1d9e0; --focus: #0a5fa8; --bad: #b3231a; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1419; --fg: #e6edf3; --quiet: #9aa4af; --line: #3a424b; --focus: #5db1f5; --bad: #ff8d82; } }
body { background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1320px; padding: 24px 20px 48px; }
h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { border-top: 1px solid var(--line); font-size: 17px; margin: 32px 0 8px; overflow-wrap: anywhere; padding-top: 20px; }
p { margin: 6px 0; max-width: 80ch; overflow-wrap: anywhere; }
.verdict { font-size: 17px; font-weight: 600; }
.bad { color: var(--bad); }
.quiet { color: var(--quiet); }
.scroll { overflow-x: auto; margin: 12px 0; }
.scroll:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
svg { display: block; }
table { border-collapse: collapse; font-size: 14px; }
caption { color: var(--quiet); padding: 4px 0; text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: 4px 16px 4px 0; text-align: left; vertical-align: top; white-space: nowrap; }
td.words { font-family: ui-monospace, monospace; }
tr.bad td, tr.bad th { font-weight: 600; }`;

/** What the page says besides the history. */
export interface PageOptions {
  /** The file's name. */
  readonly title: string;
  /** `sha256-…` of {@link PAGE_STYLE}, for the policy. */
  readonly styleHash: string;
}

/** Parts that a page draws; the others stand in a table. */
const MOST_PARTS = 12;

/** The page's text. Everything that comes from the history is escaped. */
export function historyPage(history: RecordedHistory, verdict: HistoryVerdict, options: PageOptions): string {
  const title = escapeMarkup(printable(options.title));
  const shown = [...verdict.parts].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_PARTS);
  const sections = shown.map((part, at) => section(history, part, at));
  const bad = verdict.kind === "not-linearizable" ? " bad" : "";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${options.styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: ${escapeMarkup(VERDICTS[verdict.kind])}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="verdict${bad}">${escapeMarkup(historyVerdictText(history, verdict))}</p>
${verdict.reservations.map((text) => `<p class="quiet">${escapeMarkup(text)}</p>`).join("\n")}
${sections.join("\n")}
${others(verdict, shown)}
</main>
</body>
</html>
`;
}

const VERDICTS = {
  linearizable: "linearizable",
  "not-linearizable": "not linearizable",
  unproven: "unproven",
} as const;

function rank({ verdict }: HistoryPart): number {
  return verdict.kind === "not-linearizable" ? 0 : verdict.kind === "unproven" ? 1 : 2;
}

function section(history: RecordedHistory, part: HistoryPart, at: number): string {
  const layout = layoutOf(history, part);
  const name = partName(history, part);
  const { kind } = part.verdict;
  const bad = kind === "not-linearizable" ? ' class="bad"' : "";
  const drawn = layout.bars.length;
  const what =
    kind === "not-linearizable"
      ? `Drawn are the ${drawn} operations that alone cannot be explained, of ${part.operations.length}.`
      : layout.leftOut > 0
        ? `Drawn are the first ${drawn} operations of ${part.operations.length}.`
        : kind === "linearizable"
          ? "Numbers below the bars are the order that explains everything."
          : "";
  const more =
    kind === "not-linearizable" && layout.leftOut > 0 ? ` ${layout.leftOut} earlier ones of them are left out.` : "";
  const picture = `${name}: ${VERDICTS[kind]}, ${drawn} operations as bars of time, one line for each client. The table below says the same.`;
  return `<section aria-labelledby="part-${at}">
<h2 id="part-${at}">${escapeMarkup(name)}</h2>
<p${bad}>${escapeMarkup(partVerdictText(history, part))}</p>
<p class="quiet">${escapeMarkup(what + more)} Each call and each return is a column; a bar without a right end has an unknown outcome.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Drawing of ${escapeMarkup(name)}">${svgDrawing(layout, picture, `drawing-${at}`)}</div>
<div class="scroll" tabindex="0" role="region" aria-label="Operations of ${escapeMarkup(name)}">${table(layout, kind)}</div>
</section>`;
}

function table({ bars }: Layout, kind: HistoryPart["verdict"]["kind"]): string {
  const last = kind === "linearizable" ? "Place in the order" : "";
  const head = ["Number", "Client", "Operation", "Answer", "Call", "Return", ...(last === "" ? [] : [last])];
  const rows = bars.map((bar) => row(bar, kind));
  return `<table><caption>The operations of the drawing</caption><thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function row({ number, operation, impossible, point }: Bar, kind: HistoryPart["verdict"]["kind"]): string {
  const { client, title, answer, call, return: end } = operation;
  const seen = `${answer ?? "unknown"}${impossible ? " ✗ impossible" : ""}`;
  const cells = [
    `<td>${escapeMarkup(client)}</td>`,
    `<td class="words">${escapeMarkup(title)}</td>`,
    `<td class="words">${escapeMarkup(seen)}</td>`,
    `<td>${call}</td>`,
    `<td>${end ?? "never seen"}</td>`,
    ...(kind === "linearizable" ? [`<td>${point?.place ?? "without effect"}</td>`] : []),
  ];
  return `<tr${impossible ? ' class="bad"' : ""}><th scope="row">${number}</th>${cells.join("")}</tr>`;
}

function others({ parts }: HistoryVerdict, shown: readonly HistoryPart[]): string {
  const left = parts.length - shown.length;
  if (left === 0) return "";
  const count = (kind: HistoryPart["verdict"]["kind"]): number =>
    parts.filter((part) => part.verdict.kind === kind && !shown.includes(part)).length;
  const kinds = (["not-linearizable", "unproven", "linearizable"] as const).filter((kind) => count(kind) > 0);
  const list = kinds.map((kind) => `${count(kind)} ${VERDICTS[kind]}`).join(", ");
  return `<p>${left} more sets of keys are not drawn: ${list}.</p>`;
}
