/** What leaves the panel: the chosen rows, or else what is in sight, as mermaid, picture or Markdown. */
import { t } from "../../server/src/l10n/text.js";
import { MOST_MERMAID_ROWS } from "../../server/src/protocol/diagram-rows.js";
import { PITCH } from "../../server/src/view-model/diagram/columns.js";
import { PAINTS, type Palette } from "../../server/src/view-model/diagram/paint.js";
import { sceneSvg } from "../../server/src/view-model/diagram/scene-svg.js";
import { type MermaidWindow, windowMarkdown } from "../../server/src/view-model/diagram/window-text.js";
import { formatCount } from "../../server/src/view-model/time.js";
import { svgToPng } from "../shared/png.js";
import { themeColours } from "../shared/theme.js";
import type { ExportForm } from "./actions.js";
import type { DiagramController } from "./controller.js";
import type { DiagramState, RowWindow } from "./model.js";
import { paintVariable } from "./svg-dom.js";
import type { WindowRows } from "./window-rows.js";

/** A run of at most so many rows is taken whole when nothing is chosen. */
const WHOLE = 300;
const WIDTH = 960;
/** Rows of a picture: of an SVG file that still opens, and of pixels that a canvas can have. */
const MOST: Readonly<Record<ExportForm, number>> = {
  copy: MOST_MERMAID_ROWS,
  mmd: MOST_MERMAID_ROWS,
  md: MOST_MERMAID_ROWS,
  svg: 5000,
  png: Math.floor(15_000 / PITCH),
};

/** Which rows an export takes. */
export function exportWindow(state: DiagramState, top: number, bottom: number): RowWindow {
  const total = state.totalRows ?? 0;
  if (state.window !== null) return state.window;
  if (total <= WHOLE) return { from: 0, to: Math.max(0, total - 1) };
  return { from: top, to: Math.min(total - 1, Math.max(bottom, top)) };
}

/** The same in words. */
export function exportWords(state: DiagramState, window: RowWindow): string {
  const [from, to] = [formatCount(window.from + 1), formatCount(window.to + 1)];
  if (state.window !== null) return t("The chosen rows, {0} to {1}:", from, to);
  if ((state.totalRows ?? 0) <= WHOLE) return t("All rows:");
  return t("The rows in sight, {0} to {1}:", from, to);
}

/** Copies and saves. */
export class Exporting {
  readonly #controller: DiagramController;
  readonly #rows: WindowRows;

  constructor(controller: DiagramController, rows: WindowRows) {
    this.#controller = controller;
    this.#rows = rows;
  }

  /** Makes a file, or fills the clipboard; what could not be done is said in words. */
  async run(form: ExportForm, asked: RowWindow): Promise<void> {
    const most = MOST[form];
    const window = { from: asked.from, to: Math.min(asked.to, asked.from + most - 1) };
    const cut =
      window.to < asked.to
        ? t(
            "One such file holds {0} rows: it ends at row {1}. Choose fewer, fold or filter.",
            formatCount(most),
            formatCount(window.to + 1),
          )
        : null;
    this.#controller.set({ notice: cut });
    const failed = await this.#make(form, window);
    if (failed !== null) this.#controller.set({ failure: failed });
  }

  async #make(form: ExportForm, window: RowWindow): Promise<string | null> {
    const fetched = await this.#rows.fetch(window);
    if (fetched.kind === "failed") return fetched.message;
    const { scene } = fetched;
    if (form === "svg" || form === "png") {
      const svg = sceneSvg(scene, themePalette(), { title: this.#title, width: WIDTH });
      if (form === "svg") return this.#save("svg", svg);
      const png = await svgToPng(svg);
      return png === null
        ? t("The picture is too large for this browser; choose fewer rows.")
        : this.#save("png", png, true);
    }
    const content = await this.#rows.mermaid(scene.rows);
    return typeof content === "string" ? content : this.#text(form, content);
  }

  #text(form: ExportForm, content: MermaidWindow): null {
    if (form === "copy") {
      this.#controller.tell({ kind: "copy", text: content.mermaid });
      return null;
    }
    return this.#save(form, form === "md" ? windowMarkdown(this.#title, content) : content.mermaid);
  }

  get #title(): string {
    return this.#controller.state.session?.title ?? "";
  }

  #save(ending: string, text: string, bytes = false): null {
    const name = `${fileName(this.#title)}.${ending}`;
    this.#controller.tell({ kind: "save", name, text, ...(bytes ? { encoding: "base64" } : {}) });
    return null;
  }
}

/** The theme's colours now, for a file that stands alone. */
export function themePalette(): Palette {
  const colour = themeColours();
  const resolved = PAINTS.map((paint) => [paint, colour(paintVariable(paint), "#808080")] as const);
  return Object.fromEntries(resolved) as Record<(typeof PAINTS)[number], string>;
}

function fileName(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words?.join("-").slice(0, 60) ?? "diagram";
}
