/** The bar between the diagram and its rows in words, moved by hand or by keys. */
import { html, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";

/** The least and the most of the width that the side may have, in hundredths. */
export const SPLIT = { least: 15, most: 70 };

/** The bar; `percent` is the side's part of the width. */
export function splitter(percent: number, change: (percent: number) => void): TemplateResult {
  const set = (next: number): void => change(Math.round(Math.max(SPLIT.least, Math.min(SPLIT.most, next))));
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: 3, ArrowRight: -3, ArrowUp: 3, ArrowDown: -3 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(percent + by);
  };
  return html`<div class="splitter" role="separator" tabindex="0" aria-label=${t("Room for rows and details")} aria-orientation="vertical"
    aria-valuemin=${SPLIT.least} aria-valuemax=${SPLIT.most} aria-valuenow=${percent}
    @keydown=${key} @pointerdown=${(event: PointerEvent) => drag(event, set)}></div>`;
}

function drag(event: PointerEvent, set: (percent: number) => void): void {
  const bar = event.currentTarget;
  if (!(bar instanceof HTMLElement) || event.button !== 0) return;
  event.preventDefault();
  bar.setPointerCapture(event.pointerId);
  const move = (moved: PointerEvent): void => {
    const box = bar.parentElement?.getBoundingClientRect();
    if (box === undefined) return;
    const upright = getComputedStyle(bar).cursor !== "row-resize";
    set(upright ? ((box.right - moved.clientX) / box.width) * 100 : ((box.bottom - moved.clientY) / box.height) * 100);
  };
  const end = (): void => {
    bar.removeEventListener("pointermove", move);
    bar.removeEventListener("pointerup", end);
  };
  bar.addEventListener("pointermove", move);
  bar.addEventListener("pointerup", end);
}
