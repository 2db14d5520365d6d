/** Checks what arrives from webviews: their content is ours, but they render text from files that are not. */
import { COMPARE_HOW, type FromWebview, PANELS, type WebviewState } from "../../../server/src/protocol/webview.js";
import { members } from "../arguments.js";

const MAX_TEXT = 20_000_000;
/** Characters of a kept state: it holds choices, no views. */
const MAX_STATE = 200_000;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The message, or `undefined` when it has none of the shapes of the contract. */
export function parseFromWebview(value: unknown): FromWebview | undefined {
  const message = members(value);
  const string = (name: string): string | undefined => {
    const member = message[name];
    return typeof member === "string" && member.length <= MAX_TEXT ? member : undefined;
  };
  const number = (name: string): number | undefined => {
    const member = message[name];
    return typeof member === "number" && Number.isSafeInteger(member) && member >= 0 ? member : undefined;
  };
  switch (message["kind"]) {
    case "ready":
      return { kind: "ready" };
    case "showLog":
      return { kind: "showLog" };
    case "restartServer":
      return { kind: "restartServer" };
    case "request": {
      const [id, method] = [number("id"), string("method")];
      return id === undefined || method === undefined
        ? undefined
        : { kind: "request", id, method, params: message["params"] };
    }
    case "reveal": {
      const [uri, line] = [string("uri"), number("line")];
      return uri === undefined || line === undefined || line < 1 ? undefined : { kind: "reveal", uri, line };
    }
    case "copy": {
      const text = string("text");
      return text === undefined ? undefined : { kind: "copy", text };
    }
    case "save":
      return parseSave(string("name"), string("text"), message["encoding"]);
    case "openPanel": {
      const panel = PANELS.find((each) => each === message["panel"]);
      const sessionId = string("sessionId");
      if (panel === undefined) return undefined;
      return sessionId === undefined ? { kind: "openPanel", panel } : { kind: "openPanel", panel, sessionId };
    }
    case "compareWith": {
      const how = COMPARE_HOW.find((each) => each === message["how"]);
      const sessionId = string("sessionId");
      return how === undefined || sessionId === undefined ? undefined : { kind: "compareWith", how, sessionId };
    }
    case "state":
      return { kind: "state", state: parseWebviewState(message["state"]) };
    case "error": {
      const text = string("message");
      return text === undefined ? undefined : { kind: "error", message: text };
    }
    default:
      return undefined;
  }
}

function parseSave(name: string | undefined, text: string | undefined, encoding: unknown): FromWebview | undefined {
  if (name === undefined || text === undefined) return undefined;
  if (encoding === undefined) return { kind: "save", name, text };
  return encoding === "base64" && text.length % 4 === 0 && BASE64.test(text)
    ? { kind: "save", name, text, encoding }
    : undefined;
}

/** What a webview kept: the session that it showed, and a view that only the webview can read. */
export function parseWebviewState(value: unknown): WebviewState {
  const { sessionId, view, scrollTop } = members(value);
  const fits = view !== undefined && (JSON.stringify(view) ?? "").length <= MAX_STATE;
  return {
    sessionId: typeof sessionId === "string" ? sessionId : null,
    view: fits ? view : null,
    ...(typeof scrollTop === "number" && Number.isFinite(scrollTop) ? { scrollTop } : {}),
  };
}

/** A file name without the parts that would lead out of the folder. */
export function safeFileName(name: string): string {
  const cleaned = [...name]
    .map((character) => (character < " " || '\\/:*?"<>|'.includes(character) ? "-" : character))
    .join("")
    .replace(/^[.]+/, "");
  return cleaned.slice(0, 120) || "raftlab.txt";
}
