/** Runs first in a panel's frame: stands for VS Code, towards the player around it. */
import { isRecord } from "../media/shared/guard.js";
import { followTheme } from "./theme.js";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./themes.css";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./frame.css";

const panel = document.body.dataset["panel"];
let kept: unknown;

Object.assign(window, {
  acquireVsCodeApi: () => ({
    // A frame without an origin of its own cannot name the page around it, which is the only one there is.
    postMessage: (message: unknown) => window.parent.postMessage({ panel, message }, "*"),
    getState: () => kept,
    setState: (state: unknown) => {
      kept = state;
    },
  }),
});

followTheme();

// Only the player around it is listened to.
window.addEventListener(
  "message",
  (event) => {
    if (event.source !== window.parent || !isRecord(event.data)) event.stopImmediatePropagation();
  },
  { capture: true },
);
