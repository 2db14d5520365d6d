/** Mermaid: loaded when first needed, told the editor's colours, asked for one drawing at a time. */
import type { Mermaid } from "mermaid";
import { t } from "../../server/src/l10n/text.js";
import { isDarkTheme, themeColours } from "../shared/theme.js";

let loading: Promise<Mermaid> | null = null;
let count = 0;

/** A drawing, parsed but not yet part of the page. */
export interface Drawing {
  readonly svg: SVGSVGElement;
  /** The same as text, for saving. */
  readonly text: string;
  readonly tookMs: number;
}

/** Draws mermaid text in the present theme. Rejects with mermaid's own words when it cannot. */
export async function drawMermaid(text: string): Promise<Drawing> {
  loading ??= import("mermaid").then((module) => module.default);
  const mermaid = await loading;
  const started = performance.now();
  configure(mermaid);
  const workshop = document.createElement("div");
  workshop.className = "workshop";
  workshop.setAttribute("aria-hidden", "true");
  document.body.append(workshop);
  count += 1;
  const id = `drawing-${count}`;
  try {
    const { svg: drawn } = await mermaid.render(id, text, workshop);
    const svg = harmless(drawn);
    lengthenLifelines(svg);
    return { svg, text: new XMLSerializer().serializeToString(svg), tookMs: performance.now() - started };
  } finally {
    // Mermaid leaves its scratch elements behind when it fails.
    workshop.remove();
    for (const leftover of document.querySelectorAll(`#${id}, #d${id}`)) leftover.remove();
  }
}

/** Without actors repeated at the foot, mermaid leaves the lifelines at the length it first guessed. */
function lengthenLifelines(svg: SVGSVGElement): void {
  const [, top = 0, , height = 0] = (svg.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  for (const line of svg.querySelectorAll("line.actor-line")) line.setAttribute("y2", String(top + height));
}

/**
 * Parses the drawing and takes out whatever could act or load: mermaid has cleaned it already, and the page's
 * policy runs no script, but a picture of strangers' text should not depend on either alone.
 */
export function harmless(text: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
  if (parsed === null) throw new Error(t("Mermaid gave no picture."));
  for (const element of [parsed, ...parsed.querySelectorAll("*")]) {
    if (ACTIVE.has(element.localName.toLowerCase())) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes]) {
      const local = name.toLowerCase();
      const leads = (local === "href" || local === "xlink:href" || local === "src") && !value.startsWith("#");
      if (local.startsWith("on") || leads) element.removeAttribute(name);
    }
  }
  return document.adoptNode(parsed);
}

const ACTIVE = new Set([
  "script",
  "foreignobject",
  "iframe",
  "object",
  "embed",
  "image",
  "img",
  "a",
  "animate",
  "set",
  "link",
  "video",
  "audio",
]);

function configure(mermaid: Mermaid): void {
  const colour = themeColours();
  const text = colour("var(--vscode-editor-foreground)", "#808080");
  const background = colour("var(--vscode-editor-background)", "#ffffff");
  const soft = colour(
    "color-mix(in srgb, var(--vscode-editor-foreground) 8%, var(--vscode-editor-background))",
    background,
  );
  const line = colour("color-mix(in srgb, var(--vscode-editor-foreground) 40%, var(--vscode-editor-background))", text);
  const faint = colour(
    "color-mix(in srgb, var(--vscode-editor-foreground) 22%, var(--vscode-editor-background))",
    text,
  );
  const family = getComputedStyle(document.body).fontFamily || "sans-serif";
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    htmlLabels: false,
    maxTextSize: 2_000_000,
    theme: "base",
    // What the text may not change by a directive of its own.
    secure: [
      "secure",
      "securityLevel",
      "startOnLoad",
      "maxTextSize",
      "suppressErrorRendering",
      "htmlLabels",
      "theme",
      "themeVariables",
      "themeCSS",
      "fontFamily",
      "dompurifyConfig",
      "sequence",
    ],
    // It goes before the sizes of messages, notes and actors.
    fontSize: 12,
    fontFamily: family,
    darkMode: isDarkTheme(),
    themeVariables: {
      darkMode: isDarkTheme(),
      background,
      fontFamily: family,
      fontSize: "13px",
      primaryColor: soft,
      primaryTextColor: text,
      primaryBorderColor: line,
      lineColor: line,
      textColor: text,
      actorBkg: soft,
      actorBorder: line,
      actorTextColor: text,
      actorLineColor: faint,
      signalColor: line,
      signalTextColor: text,
      noteBkgColor: soft,
      noteBorderColor: faint,
      noteTextColor: text,
      labelBoxBkgColor: soft,
      labelTextColor: text,
      loopTextColor: text,
    },
    sequence: {
      useMaxWidth: false,
      mirrorActors: false,
      width: 96,
      height: 34,
      actorMargin: 56,
      messageMargin: 26,
      boxMargin: 6,
      noteMargin: 6,
      boxTextMargin: 4,
      diagramMarginX: 18,
      diagramMarginY: 8,
      messageFontFamily: family,
      actorFontFamily: family,
      noteFontFamily: family,
      wrap: false,
      hideUnusedParticipants: false,
    },
  });
}
