/** What the player shows. */
import type { EventId } from "../server/src/protocol/session.js";
import type { PanelKind } from "../server/src/protocol/webview.js";

/** What stands beside the panels. */
export type SideName = "scenario" | "result";

/** The player's own state; the panels have theirs. */
export interface PlayerState {
  /** How far the run is; `null` when it is there. */
  readonly progress: { readonly events: number; readonly ofEvents: number } | null;
  readonly cursor: EventId | null;
  /** The scenario's line at the cursor. */
  readonly line: number | null;
  /** Whether the run gave the trace that the file tells of; `null` until that is known. */
  readonly exact: boolean | null;
  readonly tookMs: number;
  readonly panel: PanelKind;
  readonly side: SideName;
  /** Where there is room for one of the two only. */
  readonly front: "panel" | "side";
  readonly narrow: boolean;
  readonly notice: { readonly kind: "info" | "error"; readonly text: string } | null;
}

/** Before anything has run. */
export const initialPlayer: PlayerState = {
  progress: { events: 0, ofEvents: 0 },
  cursor: null,
  line: null,
  exact: null,
  tookMs: 0,
  panel: "cluster",
  side: "scenario",
  front: "panel",
  narrow: false,
  notice: null,
};

/** What the reader can do to the player itself. */
export interface PlayerActions {
  showPanel(panel: PanelKind): void;
  showSide(side: SideName): void;
  goToLine(line: number): void;
  goToEvent(eventId: EventId): void;
  goToTime(timeUs: number): void;
  copy(text: string): void;
  dismiss(): void;
}
