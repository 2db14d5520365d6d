/** The context menu: faults and questions of what was pointed at. A menu of our own, so that each entry can be what fits at the moment. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../server/src/l10n/text.js";
import { menuOf } from "../../server/src/view-model/cluster/menu.js";
import type { MenuItem, MenuTarget } from "../../server/src/view-model/cluster/menu-item.js";
import { icon } from "../shared/icon.js";
import type { Actions } from "./actions.js";
import { abilityOf, type ClusterState } from "./model.js";

const ICONS: Readonly<Record<MenuItem["deed"]["kind"], string>> = {
  step: "zap",
  fate: "mail",
  why: "question",
  go: "arrow-right",
  show: "info",
  copy: "copy",
  branch: "git-branch",
  startLive: "broadcast",
};

/** The open menu; nothing when none is, or when what it belongs to is gone. */
export function contextMenu(state: ClusterState, actions: Actions): TemplateResult | typeof nothing {
  const { menu: open, view } = state;
  if (open === null || view === null) return nothing;
  const menu = menuOf(open.target, view, abilityOf(state), state.event);
  if (menu === null) return nothing;
  return html`<div class="menu-layer" @pointerdown=${(event: Event) => {
    if (event.target === event.currentTarget) actions.closeMenu();
  }} @contextmenu=${(event: Event) => event.preventDefault()}>
    <div
      class="menu"
      role="menu"
      tabindex="-1"
      data-menu
      aria-label=${menu.title}
      @keydown=${(event: KeyboardEvent) => onMenuKey(event, actions)}
    >
      <div class="menu-title" role="presentation">${menu.title}</div>
      ${menu.note === null ? nothing : html`<p class="menu-note" role="presentation">${icon("info")}<span>${menu.note}</span></p>`}
      ${menu.groups.map(
        ({ title, items }) => html`<div role="group" aria-label=${title} class="menu-group">
          <div class="menu-heading" role="presentation" aria-hidden="true">${title}</div>
          ${items.map((item) => entry(item, open.target, actions))}
        </div>`,
      )}
    </div>
  </div>`;
}

function entry({ label, hint, deed }: MenuItem, target: MenuTarget, actions: Actions) {
  const run = () => {
    actions.closeMenu();
    actions.doDeed(deed, target);
  };
  return html`<button type="button" role="menuitem" tabindex="-1" class="menu-item" title=${hint ?? label} @click=${run}>
    ${icon(ICONS[deed.kind])}<span class="menu-label">${label}</span>${hint === null ? nothing : html`<code class="menu-hint">${hint}</code>`}
  </button>`;
}

function onMenuKey(event: KeyboardEvent, actions: Actions): void {
  const { currentTarget, key } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  // The panel's own keys mean nothing while a menu is open.
  event.stopPropagation();
  const items = [...currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.indexOf(document.activeElement instanceof HTMLElement ? document.activeElement : currentTarget);
  const to = (position: number) => items[(position + items.length) % items.length]?.focus();
  switch (key) {
    case "ArrowDown":
      to(at + 1);
      break;
    case "ArrowUp":
      to(at < 0 ? items.length - 1 : at - 1);
      break;
    case "Home":
      to(0);
      break;
    case "End":
      to(items.length - 1);
      break;
    case "Escape":
    case "Tab":
      actions.closeMenu();
      break;
    default: {
      if (key.length !== 1 || key === " " || event.ctrlKey || event.metaKey) return;
      const begins = (item: HTMLElement) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase());
      const next = [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins);
      next?.focus();
    }
  }
  event.preventDefault();
}

/** Handlers of an element that has a menu: the right button, the menu key, Shift+F10. */
export interface MenuHandlers {
  readonly pointer: (event: MouseEvent) => void;
  readonly key: (event: KeyboardEvent) => boolean;
}

/** Opens the menu of a target from the pointer, or from the element that has the focus. */
export function menuHandlers(target: MenuTarget, actions: Actions): MenuHandlers {
  return {
    pointer: (event) => {
      event.preventDefault();
      event.stopPropagation();
      actions.openMenu(target, event.clientX, event.clientY);
    },
    key: (event) => {
      if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return false;
      const { currentTarget } = event;
      if (!(currentTarget instanceof Element)) return false;
      const box = currentTarget.getBoundingClientRect();
      actions.openMenu(target, box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height, 40));
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

/** A button that opens the menu of what is picked: for those who know of no right button. */
export function menuButton(target: MenuTarget, actions: Actions): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    aria-haspopup="menu"
    title=${t("{0} ({1})", t("More actions"), "Shift+F10")}
    aria-label=${t("More actions")}
    @click=${(event: MouseEvent) => {
      const { currentTarget } = event;
      if (!(currentTarget instanceof Element)) return;
      const box = currentTarget.getBoundingClientRect();
      actions.openMenu(target, box.left, box.bottom + 2);
    }}
  >
    ${icon("ellipsis")}
  </button>`;
}
