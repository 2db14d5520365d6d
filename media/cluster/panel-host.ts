/** What a part of the panel's controller needs of the whole. */
import type { CursorMove } from "../../server/src/protocol/requests.js";
import type { Connection } from "../shared/connection.js";
import type { Store } from "../shared/store.js";
import type { ClusterState, Notice } from "./model.js";

/** The controller, for its parts. */
export interface PanelHost {
  readonly connection: Connection;
  readonly store: Store<ClusterState>;
  /** Moves the cursor of all views. */
  move(move: CursorMove): void;
  /** Says something that stays until it is dismissed. */
  say(kind: Notice["kind"], text: string): void;
  /** Keeps what survives a reload. */
  keep(): void;
}
