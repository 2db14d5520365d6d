/** The panel's pictures as files: the servers on their ring, and the timeline, each as SVG or as pixels. */
import { html, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { icon } from "../shared/icon.js";
import { svgToPng } from "../shared/png.js";
import { svgFile } from "../shared/svg-file.js";
import type { Actions } from "./actions.js";

/** Which picture. */
export type PictureName = "servers" | "timeline";

/** Which kind of file. */
export type PictureForm = "svg" | "png";

const PLACES: Readonly<Record<PictureName, string>> = { servers: "svg.ring", timeline: "[data-timeline] > svg" };

/** What a picture is handed to. */
export interface PictureSink {
  save(name: string, text: string, encoding?: "base64"): void;
  fail(message: string): void;
}

/** The buttons, folded away. */
export function pictureButtons(actions: Actions): TemplateResult {
  const button = (name: PictureName, form: PictureForm, title: string) =>
    html`<vscode-button secondary title=${title} @click=${() => actions.savePicture(name, form)}>.${form}</vscode-button>`;
  return html`<details class="twin pictures">
    <summary>${icon("chevron-right")}${t("Save picture…")}</summary>
    <div class="picture-buttons">
      <span>${t("Servers")}</span>
      ${button("servers", "svg", t("Save the servers as SVG"))} ${button("servers", "png", t("Save the servers as PNG"))}
      <span>${t("Timeline")}</span>
      ${button("timeline", "svg", t("Save the timeline as SVG"))} ${button("timeline", "png", t("Save the timeline as PNG"))}
    </div>
  </details>`;
}

/** Makes a picture of what the panel shows now. `title` is the session's; it becomes part of the file's name. */
export async function savePicture(
  panel: Element,
  name: PictureName,
  form: PictureForm,
  title: string,
  sink: PictureSink,
): Promise<void> {
  const drawing = panel.querySelector(PLACES[name]);
  if (!(drawing instanceof SVGSVGElement)) {
    sink.fail(t("There is no such picture now: more servers than fit on a ring are shown as a table."));
    return;
  }
  const words = { servers: t("Servers"), timeline: t("Timeline") }[name];
  const svg = svgFile(drawing, t("{0}: {1}", title, words));
  const file = `${title} ${name}.${form}`;
  if (form === "svg") {
    sink.save(file, svg);
    return;
  }
  const png = await svgToPng(svg);
  if (png === null) sink.fail(t("The picture is too large for a PNG here. Save it as SVG."));
  else sink.save(file, png, "base64");
}
