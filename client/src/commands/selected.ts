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

/** A command's work, as the table has it. */
type Run<S, R> = (services: S, argument: unknown, selection: unknown) => Promise<R>;

/** Does for every selected server what is done for one; stops at the first that cannot be done. Resolves with the last result. */
export function onEachServer<S, R>(run: (services: S, argument: unknown) => Promise<R>): Run<S, R | undefined> {
  return async (services, argument, selection) => {
    const selected = serversSelected(selection);
    if (selected === undefined) return run(services, argument);
    let last: R | undefined;
    for (const server of selected.servers) {
      last = await run(services, { ...sessionOf(selected.sessionId), server });
    }
    return last;
  };
}

/** Does it for the link that begins at the server on whose row it is called. */
export function fromServer<S, R>(run: (services: S, argument: unknown) => Promise<R>): Run<S, R> {
  return (services, argument) => {
    const given = members(argument);
    const server = text(given, "server");
    return run(services, server === undefined ? argument : { ...given, from: server });
  };
}

/** Parts the selected servers from the rest, or the one on whose row it is called. `serversOf`: all servers of the session meant. */
export function partSelected<S, R>(
  run: (services: S, argument: unknown) => Promise<R>,
  serversOf: (services: S, sessionId: string | undefined) => readonly string[],
): Run<S, R> {
  return (services, argument, selection) => {
    const one = text(members(argument), "server");
    const own = { sessionId: text(members(argument), "sessionId"), servers: one === undefined ? [] : [one] };
    const { sessionId, servers } = serversSelected(selection) ?? own;
    const rest = serversOf(services, sessionId).filter((server) => !servers.includes(server));
    // Without a side of its own the person is asked which servers are meant.
    if (servers.length === 0 || rest.length === 0) return run(services, argument);
    return run(services, { ...sessionOf(sessionId), groups: [servers, rest] });
  };
}

function sessionOf(sessionId: string | undefined): { readonly sessionId?: string } {
  return sessionId === undefined ? {} : { sessionId };
}
