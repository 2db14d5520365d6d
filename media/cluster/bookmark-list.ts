/** The bookmarks in words: to go to, rename and remove. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import type { Bookmark } from "../../server/src/protocol/bookmarks.js";
import { formatTime } from "../../server/src/view-model/time.js";
import { icon, iconButton } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import type { ClusterState } from "./model.js";

/** The list, folded to one line; nothing while there are no bookmarks. */
export function bookmarkList(state: ClusterState, actions: Actions): TemplateResult | typeof nothing {
  const { bookmarks } = state;
  if (bookmarks.length === 0) return nothing;
  const count = bookmarks.length === 1 ? t("1 bookmark") : t("{0} bookmarks", bookmarks.length);
  return html`<details class="twin bookmarks">
    <summary>${icon("chevron-right")}${count}</summary>
    <ul>${bookmarks.map((bookmark) => row(bookmark, state, actions))}</ul>
  </details>`;
}

function row(bookmark: Bookmark, { renaming, view }: ClusterState, actions: Actions) {
  const { eventId, timeUs, name } = bookmark;
  if (renaming === eventId) {
    const input = (event: Event) => (event.currentTarget instanceof HTMLInputElement ? event.currentTarget.value : "");
    return html`<li class="bookmark-row">
      <input class="bookmark-name" .value=${name} maxlength="200" aria-label=${t("Name of the bookmark")}
        @keydown=${(event: KeyboardEvent) => {
          event.stopPropagation();
          if (event.key === "Enter") actions.renameBookmark(bookmark, input(event));
          else if (event.key === "Escape") actions.renameBookmark(bookmark, null);
        }}
        @blur=${(event: Event) => actions.renameBookmark(bookmark, input(event))} />
    </li>`;
  }
  return html`<li class="bookmark-row ${view?.eventId === eventId ? "current" : ""}">
    <button type="button" class="link" @click=${() => actions.move({ kind: "event", eventId })}
      title=${t("Move the cursor to event {0}", eventId)}>${name}</button>
    <span class="quiet">${formatTime(timeUs)}</span>
    ${iconButton("edit", t("Rename the bookmark “{0}”", name), () => actions.startRenaming(bookmark))}
    ${iconButton("trash", t("Remove the bookmark “{0}”", name), () => actions.removeBookmark(bookmark))}
  </li>`;
}
