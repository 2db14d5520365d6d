/** The heads of the lifelines, which stay in sight: name, role and term at the row at the top. */
import { t } from "../../server/src/l10n/text.js";
import type { LifelineState } from "../../server/src/protocol/diagram-rows.js";
import type { Lifeline } from "../../server/src/view-model/diagram/columns.js";
import { roleWord } from "../../server/src/view-model/diagram/heads.js";
import { termClass } from "../../server/src/view-model/term.js";

/** A head whose middle is at `x`, at most as wide as its column. */
export function headElement(
  { name, kind }: Lifeline,
  x: number,
  column: number,
  states: readonly LifelineState[],
): HTMLElement {
  const state = states.find((each) => each.name === name);
  const role = state?.role ?? null;
  const head = document.createElement("div");
  head.className = `life-head ${kind} ${role ?? "unknown"} ${termClass(state?.term ?? 0)}`;
  head.style.left = `${x}px`;
  head.style.maxWidth = `${Math.max(20, column - 4)}px`;
  head.title = words(kind, role, state?.term ?? 0);
  head.append(part("life-name", name), part("life-role", words(kind, role, state?.term ?? 0)));
  return head;
}

function words(kind: Lifeline["kind"], role: LifelineState["role"], term: number): string {
  if (kind === "client") return t("client");
  return term <= 0 ? roleWord(role) : t("{0}, term {1}", roleWord(role), term);
}

function part(className: string, text: string): HTMLElement {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}
