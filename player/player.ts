/** A run that is there, shown: the panels in their frames, the scenario beside them, and one cursor for all. */
import { render } from "lit";
import { Store } from "../media/shared/store.js";
import { t } from "../server/src/l10n/text.js";
import type { EventId } from "../server/src/protocol/session.js";
import type { PanelKind } from "../server/src/protocol/webview.js";
import { hashOfCursor } from "./address.js";
import { initialPlayer, type PlayerActions, type PlayerState } from "./model.js";
import { panelTitle, playerPage } from "./page.js";
import { type FrameTexts, type FromPanel, type PanelDocument, PanelFrames } from "./panel-frames.js";
import { PanelHost } from "./panel-host.js";
import type { PlayedRun } from "./played-run.js";
import { resultView } from "./result.js";
import { type ScenarioLine, scenarioLines, scenarioView } from "./scenario.js";
import { copyText, saveFile } from "./taking-out.js";

/** Below this there is room for the panels or the scenario, not both. */
const NARROW = window.matchMedia("(max-width: 999px)");

/** What the player is given besides the run. */
export interface PlayerOptions {
  readonly panels: readonly PanelDocument[];
  readonly texts: FrameTexts;
  /** How long the run took, milliseconds. */
  readonly tookMs: number;
}

/** Shows one run. */
export class Player {
  readonly #run: PlayedRun;
  readonly #app: HTMLElement;
  readonly #options: PlayerOptions;
  readonly #panels: readonly PanelKind[];
  readonly #lines: readonly ScenarioLine[];
  readonly #host: PanelHost;
  readonly #store: Store<PlayerState>;
  #frames: PanelFrames | null = null;
  #shownLine: number | null = null;

  constructor(run: PlayedRun, app: HTMLElement, options: PlayerOptions) {
    this.#run = run;
    this.#app = app;
    this.#options = options;
    this.#panels = options.panels.map(({ panel }) => panel);
    this.#lines = scenarioLines(run);
    this.#host = new PanelHost(run, (cursor) => this.#moved(cursor));
    this.#store = new Store<PlayerState>(
      {
        ...initialPlayer,
        progress: null,
        exact: run.exact,
        tookMs: options.tookMs,
        cursor: run.cursor,
        line: this.#host.line,
        side: run.verdict === "fail" || run.verdict === "unproven" ? "result" : "scenario",
        narrow: NARROW.matches,
      },
      (next) => this.#draw(next),
    );
  }

  /** Draws the page and opens the first panel. */
  start(): void {
    this.#draw(this.#store.state);
    window.addEventListener("keydown", (event) => this.#onKey(event));
    NARROW.addEventListener("change", () => this.#store.set({ narrow: NARROW.matches }));
    const { panels, texts } = this.#options;
    const place = document.getElementById("panel");
    const [first] = this.#panels;
    if (place === null || first === undefined) return;
    this.#frames = new PanelFrames(place, panels, texts, (panel, message) => this.#receive(panel, message));
    this.#frames.show(first, panelTitle(first));
  }

  readonly #actions: PlayerActions = {
    showPanel: (panel) => {
      this.#frames?.show(panel, panelTitle(panel));
      this.#store.set({ panel, front: "panel" });
    },
    showSide: (side) => this.#store.set({ side, front: "side" }),
    goToLine: (line) => void this.#host.goToLine(line),
    goToEvent: (eventId) => void this.#host.move({ kind: "event", eventId }),
    goToTime: (timeUs) => void this.#host.move({ kind: "time", timeUs }),
    copy: (text) => void this.#copy(text),
    dismiss: () => this.#store.set({ notice: null }),
  };

  #moved(cursor: EventId | null): void {
    this.#frames?.tellAll({ kind: "cursor", sessionId: this.#run.id, cursor });
    this.#store.set({ cursor, line: this.#host.line });
    history.replaceState(null, "", hashOfCursor(cursor));
  }

  /** Steps, as the panels' own keys do. */
  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    this.#host.move({ kind: "by", events: direction * (event.shiftKey ? 10 : 1) });
  }

  #receive(panel: PanelKind, message: FromPanel): void {
    const frames = this.#frames;
    switch (message.kind) {
      case "ready":
        frames?.tell(panel, { kind: "init", session: this.#run.info(), locale: this.#options.texts.language });
        break;
      case "request":
        void this.#answer(panel, message);
        break;
      case "reveal":
        this.#store.set({ side: "scenario", front: "side", line: message.line });
        break;
      case "copy":
        this.#actions.copy(message.text);
        break;
      case "save":
        saveFile(message.name, message.text, message.encoding);
        break;
      case "openPanel":
        if (this.#panels.includes(message.panel)) this.#actions.showPanel(message.panel);
        break;
      case "error":
        this.#store.set({ notice: { kind: "error", text: message.message } });
        break;
    }
  }

  async #answer(panel: PanelKind, { id, method, params }: Extract<FromPanel, { kind: "request" }>): Promise<void> {
    try {
      const result = await this.#host.answer(method, params);
      this.#frames?.tell(panel, { kind: "response", id, result });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#frames?.tell(panel, { kind: "failure", id, message });
    }
  }

  async #copy(text: string): Promise<void> {
    const done = await copyText(text);
    this.#store.set({
      notice: done
        ? { kind: "info", text: t("Copied.") }
        : { kind: "error", text: t("The browser does not let this page copy. Select the text and copy it yourself.") },
    });
  }

  #draw(state: PlayerState): void {
    const sides = {
      scenario: () => scenarioView(this.#run, this.#lines, state, this.#actions),
      result: () => resultView(this.#run, state, this.#actions),
    };
    render(playerPage(this.#run, state, this.#actions, sides, this.#panels), this.#app);
    if (state.line === this.#shownLine || state.side !== "scenario") return;
    this.#shownLine = state.line;
    this.#app.querySelector(".lines .here")?.scrollIntoView({ block: "nearest" });
  }
}
