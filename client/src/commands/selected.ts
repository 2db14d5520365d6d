/** What a command of a view's menu is for: the element it was called on, or all that are selected. Pure. */
import { type Members, members, text } from "../arguments.js";

/** The elements that a command is for: the selected ones where there are several, otherwise the argument. */
export function selectedOf(argument: unknown, selection: unknown): readonly Members[] {
  const list: unknown[] = Array.isArray(selection) ? selection : [];
  return list.length > 1 ? list.map(members) : [members(argument)];
}

/** The sessions that a command is for, each once, in the order of the rows. */
export function sessionIdsOf(argument: unknown, selection: unknown): readonly string[] {
  const ids = selectedOf(argument, selection).flatMap((each) => text(each, "sessionId") ?? []);
  return [...new Set(ids)];
}

/** The servers of one session that are selected, when there are several; otherwise `undefined`. */
export function serversSelected(
  selection: unknown,
): { readonly sessionId: string | undefined; readonly servers: readonly string[] } | undefined {
  const list: unknown[] = Array.isArray(selection) ? selection : [];
  const nodes = list.map(members);
  const servers = [...new Set(nodes.flatMap((each) => text(each, "server") ?? []))];
  if (servers.length < 2) return undefined;
  return { sessionId: nodes.flatMap((each) => text(each, "sessionId") ?? [])[0], servers };
}
