/** The webview API of VS Code, narrowed to this product's messages and state. */
import type { FromWebview, WebviewState } from "../../server/src/protocol/webview.js";
import { isNumber, isRecord, isString } from "./guard.js";

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
  let newest: WebviewState | null = null;
  return {
    post: (message) => api.postMessage(message),
    read: () => readState(api.getState() ?? keptInPage()),
    keep: (state) => {
      api.setState(state);
      // The extension need not hear of every pixel of a drag.
      if (newest === null) {
        setTimeout(() => {
          if (newest !== null) api.postMessage({ kind: "state", state: newest });
          newest = null;
        }, TOLD_AFTER_MS);
      }
      newest = state;
    },
  };
}

/** How long the extension may hear of a state late. */
const TOLD_AFTER_MS = 200;

/** What another panel of this kind kept, before it was closed. */
function keptInPage(): unknown {
  try {
    return JSON.parse(document.getElementById("kept")?.textContent ?? "null");
  } catch {
    return null;
  }
}

function readState(kept: unknown): WebviewState {
  if (!isRecord(kept)) return { sessionId: null, view: null };
  const { sessionId, view, scrollTop } = kept;
  return {
    sessionId: isString(sessionId) ? sessionId : null,
    view: view ?? null,
    ...(isNumber(scrollTop) ? { scrollTop } : {}),
  };
}
