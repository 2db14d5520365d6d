/** Entry of the player: a file in a browser runs its scenario anew and shows it. */
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./themes.css";
// biome-ignore lint/correctness/useImportExtensions: a style sheet, which the bundler puts beside the script
import "./player.css";
import { render } from "lit";
import { messagesOf } from "../media/shared/page-messages.js";
import { t, useMessages } from "../server/src/l10n/text.js";
import { cursorOfHash } from "./address.js";
import { initialPlayer } from "./model.js";
import { brokenPage, loadingPage } from "./page.js";
import { readPanels } from "./panel-frames.js";
import { PlayedRun } from "./played-run.js";
import { Player } from "./player.js";
import { inSlices } from "./slices.js";
import { readSource } from "./source.js";
import { followTheme } from "./theme.js";

const app = document.getElementById("app") ?? document.body;
const messages = messagesOf(dataOf("messages"));
useMessages(messages);
followTheme();
void start();

async function start(): Promise<void> {
  const source = readSource(dataOf("run"));
  const run =
    source === null
      ? t("The file has been changed, or was not written to its end. Export the run again.")
      : PlayedRun.create(source);
  if (typeof run === "string") {
    render(brokenPage(run), app);
    return;
  }
  const { title, events: ofEvents } = run.source;
  const { log } = run.recording;
  const progress = (): void =>
    void render(loadingPage(title, { ...initialPlayer, progress: { events: log.count, ofEvents } }), app);
  const began = performance.now();
  try {
    progress();
    await inSlices(run.play(), progress);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    render(brokenPage(t("Running the scenario anew failed: {0}", reason)), app);
    return;
  }
  run.cursor = cursorOfHash(location.hash, log.count) ?? run.cursor;
  render(null, app);
  new Player(run, app, {
    panels: readPanels(dataOf("panels")),
    texts: { language: document.documentElement.lang, messages: messages ?? {}, icons: dataOf("icons") },
    tookMs: Math.round(performance.now() - began),
  }).start();
}

/** The data that stands in the page under a name. */
function dataOf(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}
