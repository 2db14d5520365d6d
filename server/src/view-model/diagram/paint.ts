/**
 * Colours of the sequence diagram by what they stand for. The scene names them; the webview resolves them by CSS variables of the
 * theme, an export by a table of `#rrggbb`.
 */
import { TERM_HUES } from "../term.js";

/** What a colour is for. `term0`…`term7` are the hues of {@link termPaint}. */
export const PAINTS = [
  "background",
  "text",
  "quiet",
  "line",
  "soft",
  "vote",
  "entries",
  "snapshot",
  "transfer",
  "client",
  "watch",
  "lost",
  "role",
  "fault",
  "violation",
  "note",
  "term0",
  "term1",
  "term2",
  "term3",
  "term4",
  "term5",
  "term6",
  "term7",
] as const;

/** A name of {@link PAINTS}. */
export type Paint = (typeof PAINTS)[number];

/** Every colour as `#rrggbb`. */
export type Palette = Readonly<Record<Paint, string>>;

/** The hue of a term; terms eight apart share one, and the number always stands beside. Term 0 has none. */
export function termPaint(term: number): Paint {
  if (term <= 0) return "quiet";
  return PAINTS.find((paint) => paint === `term${(term - 1) % TERM_HUES}`) ?? "quiet";
}

/** On paper: black on white, the hues of Okabe and Ito darkened so that thin lines and small letters keep a contrast of 3 to 1. */
export const LIGHT_PALETTE: Palette = {
  background: "#ffffff",
  text: "#1f2328",
  quiet: "#57606a",
  line: "#b8c0c8",
  soft: "#f3f5f7",
  vote: "#a86b00",
  entries: "#0969b0",
  snapshot: "#9a4680",
  transfer: "#b34a00",
  client: "#00785a",
  watch: "#4b6a00",
  lost: "#c4201d",
  role: "#0055a8",
  fault: "#8a6100",
  violation: "#c4201d",
  note: "#57606a",
  term0: "#0a72b4",
  term1: "#a86b00",
  term2: "#00785a",
  term3: "#b34a00",
  term4: "#8f4b9c",
  term5: "#1f7f99",
  term6: "#7d7000",
  term7: "#b5447a",
};

/** The same for a dark page. */
export const DARK_PALETTE: Palette = {
  background: "#1f1f1f",
  text: "#dcdcdc",
  quiet: "#a3a3a3",
  line: "#5a5a5a",
  soft: "#2b2b2b",
  vote: "#eaae33",
  entries: "#56a8ea",
  snapshot: "#cf8bb7",
  transfer: "#f08743",
  client: "#3cc79c",
  watch: "#a8c45a",
  lost: "#f47067",
  role: "#4daafc",
  fault: "#d9b13b",
  violation: "#f47067",
  note: "#a3a3a3",
  term0: "#4ba3e3",
  term1: "#eaae33",
  term2: "#3cc79c",
  term3: "#f08743",
  term4: "#c58bd0",
  term5: "#65c5e0",
  term6: "#d6c94a",
  term7: "#ea8fb4",
};
