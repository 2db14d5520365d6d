/** The webview API of VS Code, narrowed to this product's messages and state. */
import type { FromWebview, WebviewState } from "../../server/src/protocol/webview.js";
import { isRecord, isString } from "./guard.js";

/** What a panel may do with the world outside its frame. */
export interface PanelApi {
  post(message: FromWebview): void;
  /** The state kept from before a reload; the default when there is none, or none that can be read. */
  read(): WebviewState;
  keep(state: WebviewState): void;
}

/** Takes the API; VS Code hands it out once per page. */
export function acquirePanelApi(): PanelApi {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    read: () => readState(api.getState()),
    keep: (state) => {
      api.setState(state);
    },
  };
}

function readState(kept: unknown): WebviewState {
  if (!isRecord(kept)) return { sessionId: null, view: null };
  const sessionId = kept["sessionId"];
  return { sessionId: isString(sessionId) ? sessionId : null, view: kept["view"] ?? null };
}
