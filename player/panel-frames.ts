/** The panels, each in a frame of its own, as VS Code keeps them apart: their code knows nothing of the player. */
import {
  arrayOf,
  type Guard,
  isNumber,
  isRecord,
  isString,
  isUnknown,
  literal,
  object,
  union,
} from "../media/shared/guard.js";
import { escapeData, escapeMarkup } from "../server/src/protocol/player-file.js";
import { type FromWebview, PANELS, type PanelKind, type ToWebview } from "../server/src/protocol/webview.js";

/** What a panel says that the player understands. */
export type FromPanel = Exclude<FromWebview, { readonly kind: "showLog" | "restartServer" }>;

const isPanel: Guard<PanelKind> = literal(...PANELS);

const isSave: Guard<Extract<FromPanel, { kind: "save" }>> = (value): value is Extract<FromPanel, { kind: "save" }> =>
  object<{ readonly kind: "save"; readonly name: string; readonly text: string }>({
    kind: literal("save"),
    name: isString,
    text: isString,
  })(value) &&
  (!("encoding" in value) || value.encoding === undefined || value.encoding === "base64");

const isFromPanel: Guard<FromPanel> = union(
  object<Extract<FromPanel, { kind: "ready" }>>({ kind: literal("ready") }),
  object<Extract<FromPanel, { kind: "request" }>>({
    kind: literal("request"),
    id: isNumber,
    method: isString,
    params: isUnknown,
  }),
  object<Extract<FromPanel, { kind: "reveal" }>>({ kind: literal("reveal"), uri: isString, line: isNumber }),
  object<Extract<FromPanel, { kind: "copy" }>>({ kind: literal("copy"), text: isString }),
  isSave,
  object<{ readonly kind: "openPanel"; readonly panel: PanelKind }>({ kind: literal("openPanel"), panel: isPanel }),
  object<Extract<FromPanel, { kind: "error" }>>({ kind: literal("error"), message: isString }),
);

/** A panel that the file has, with the document of its frame. */
export interface PanelDocument {
  readonly panel: PanelKind;
  readonly html: string;
}

/** Reads the frames' documents; none when the text is not of that form. */
export function readPanels(json: string): readonly PanelDocument[] {
  try {
    const value: unknown = JSON.parse(json);
    return arrayOf(object<PanelDocument>({ panel: isPanel, html: isString }))(value) ? value : [];
  } catch {
    return [];
  }
}

/** What the frames' documents are filled with. */
export interface FrameTexts {
  readonly language: string;
  /** The translations, as they stand in the page. */
  readonly messages: unknown;
  /** The style sheet of the icons. */
  readonly icons: string;
}

/** The frames that were asked for so far; each stays once it is there, since a frame that moves is loaded anew. */
export class PanelFrames {
  readonly #place: HTMLElement;
  readonly #documents: ReadonlyMap<PanelKind, string>;
  readonly #texts: FrameTexts;
  readonly #frames = new Map<PanelKind, HTMLIFrameElement>();
  readonly #told: (panel: PanelKind, message: FromPanel) => void;

  /** @param told hears what the panels say */
  constructor(
    place: HTMLElement,
    documents: readonly PanelDocument[],
    texts: FrameTexts,
    told: (panel: PanelKind, message: FromPanel) => void,
  ) {
    this.#place = place;
    this.#documents = new Map(documents.map(({ panel, html }) => [panel, html]));
    this.#texts = texts;
    this.#told = told;
    window.addEventListener("message", (event: MessageEvent<unknown>) => this.#receive(event));
  }

  /** Shows a panel, and hides the others. */
  show(panel: PanelKind, title: string): void {
    if (!this.#frames.has(panel)) this.#add(panel, title);
    for (const [each, frame] of this.#frames) frame.hidden = each !== panel;
  }

  /** Tells one panel, if it is there. */
  tell(panel: PanelKind, message: ToWebview): void {
    this.#frames.get(panel)?.contentWindow?.postMessage(message, "*");
  }

  /** Tells all panels. */
  tellAll(message: ToWebview): void {
    for (const panel of this.#frames.keys()) this.tell(panel, message);
  }

  #add(panel: PanelKind, title: string): void {
    const html = this.#documents.get(panel);
    if (html === undefined) return;
    const { language, messages, icons } = this.#texts;
    const slots: Readonly<Record<string, string>> = {
      language: escapeMarkup(language),
      title: escapeMarkup(title),
      messages: escapeData(messages),
      icons,
    };
    const frame = document.createElement("iframe");
    frame.title = title;
    // No origin: what a panel draws comes from a file that anybody may have written.
    frame.setAttribute("sandbox", "allow-scripts");
    frame.srcdoc = html.replace(/raftlab-frame:([a-z]+)/g, (slot, name: string) => slots[name] ?? slot);
    this.#frames.set(panel, frame);
    this.#place.append(frame);
  }

  #receive({ source, data }: MessageEvent<unknown>): void {
    for (const [panel, frame] of this.#frames) {
      if (source === null || source !== frame.contentWindow || !isRecord(data)) continue;
      const { message } = data;
      if (isFromPanel(message)) this.#told(panel, message);
    }
  }
}
