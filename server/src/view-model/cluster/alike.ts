/** Servers whose logs, or stores, look the same stand in one row, so that a hundred of them can be read. */
import type { ServerView } from "../../protocol/cluster-view.js";

/** Servers that look alike, in their order; the first one stands for all. */
export interface Alike {
  readonly first: ServerView;
  readonly servers: readonly ServerView[];
}

/** More servers than this are put together where they look alike. */
export const ALIKE_FROM = 10;

/** Servers with the same log in the window: entries and their states, commit and applied index, snapshot. */
export function alikeLogs(servers: readonly ServerView[]): readonly Alike[] {
  return alike(servers, ({ log, status, commitIndex, firstIndex, snapshot, damagedIndex }) => {
    const entries = log.map(({ index, term, stored, applied }) => `${index}/${term}${stored}${applied ? "a" : ""}`);
    return `${status} ${firstIndex} ${commitIndex} ${snapshot?.index ?? 0} ${damagedIndex ?? 0} ${entries.join(",")}`;
  });
}

/** Servers with the same keys in the window, at the same revision. */
export function alikeStores(servers: readonly ServerView[]): readonly Alike[] {
  return alike(servers, ({ revision, compactRevision, kv, alarms }) => {
    const keys = kv.map(({ key, modRevision, value }) => `${key}@${modRevision}=${value}`);
    return `${revision} ${compactRevision} ${alarms.join(",")} ${keys.join("\n")}`;
  });
}

function alike(servers: readonly ServerView[], keyOf: (server: ServerView) => string): readonly Alike[] {
  if (servers.length < ALIKE_FROM) return servers.map((server) => ({ first: server, servers: [server] }));
  const groups = new Map<string, ServerView[]>();
  for (const server of servers) {
    const key = keyOf(server);
    const there = groups.get(key);
    if (there === undefined) groups.set(key, [server]);
    else there.push(server);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, servers: group }];
  });
}

/** Names with runs put together: `s1..s4, s7`. */
export function nameRuns(names: readonly string[]): readonly string[] {
  const runs: { head: string; from: number; to: number; name: string }[] = [];
  for (const name of names) {
    const parts = /^(.*?)(\d+)$/.exec(name);
    const head = parts?.[1] ?? name;
    const number = parts === null ? Number.NaN : Number(parts[2]);
    const last = runs.at(-1);
    if (last !== undefined && last.head === head && last.to + 1 === number) last.to = number;
    else runs.push({ head, from: number, to: number, name });
  }
  return runs.map(({ head, from, to, name }) => {
    if (Number.isNaN(from) || from === to) return name;
    return to === from + 1 ? `${name}, ${head}${to}` : `${name}..${head}${to}`;
  });
}
