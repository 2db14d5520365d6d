/** What a note speaks of, so that it can be pointed at: what its text names, or else what happened until the next note. */
import type { ClusterView } from "../../protocol/cluster-view.js";
import type { EventCategory, EventView } from "../../protocol/event-view.js";

/** What can be named. */
export interface Names {
  readonly servers: readonly string[];
  readonly clients: readonly string[];
  readonly keys: readonly string[];
  /** Who leads at the note. */
  readonly leader: string | null;
}

/** What a note speaks of, each in the order of the cluster or of its first mention. */
export interface Spoken {
  /** `named`: by the note's text; `touched`: by the events up to the next note; `nothing`: by neither, or by all alike. */
  readonly by: "named" | "touched" | "nothing";
  readonly servers: readonly string[];
  readonly clients: readonly string[];
  readonly terms: readonly number[];
  readonly indices: readonly number[];
  readonly keys: readonly string[];
}

/** Events that are worth pointing at; messages, timers and writes to disk happen everywhere. */
const TELLING: ReadonlySet<EventCategory> = new Set(["role", "fault", "client", "log"]);

const TERM = /(?:\bterms?\s+|任期\s*)(\d+)/giu;
const INDEX = /(?:\b(?:index|indexes|indices|entry|entries)\s+|(?:索引|条目|日志)\s*)(\d+)/giu;
const LEADER = /(?<!\b(?:old|former|deposed|next|no|without a|any)\s)\bleader\b|(?<!旧|前|没有)领导者/iu;

/** What a note speaks of. `until`: the events from the note to the next one. */
export function spokenOf(text: string, names: Names, until: readonly EventView[]): Spoken {
  const terms = numbers(text, TERM);
  const indices = numbers(text, INDEX);
  const keys = names.keys.filter((key) => isNamed(text, key));
  const inRanges = ranges(text, names.servers);
  const servers = names.servers.filter((server) => isNamed(text, server) || inRanges.has(server));
  const clients = names.clients.filter((client) => isNamed(text, client));
  if (servers.length > 0 || clients.length > 0) return { by: "named", servers, clients, terms, indices, keys };
  if (names.leader !== null && LEADER.test(text)) {
    return { by: "named", servers: [names.leader], clients, terms, indices, keys };
  }
  const at = new Set(until.filter(({ category }) => TELLING.has(category)).map((event) => event.at));
  const touched = {
    servers: names.servers.filter((name) => at.has(name)),
    clients: names.clients.filter((name) => at.has(name)),
  };
  const all = touched.servers.length === names.servers.length || touched.servers.length + touched.clients.length === 0;
  if (all) {
    const said = terms.length + indices.length + keys.length > 0;
    return { by: said ? "named" : "nothing", servers: [], clients: [], terms, indices, keys };
  }
  return { by: "touched", ...touched, terms, indices, keys };
}

/** The names of a cluster at a moment. */
export function namesOf(view: ClusterView): Names {
  const leader = view.servers
    .filter(({ role, status }) => role === "leader" && status === "up")
    .reduce<ClusterView["servers"][number] | null>((best, s) => (best === null || s.term > best.term ? s : best), null);
  const keys = new Set(view.servers.flatMap(({ kv }) => kv.map(({ key }) => key)));
  return {
    servers: view.servers.map(({ name }) => name),
    clients: view.clients.map(({ name }) => name),
    keys: [...keys],
    leader: leader?.name ?? null,
  };
}

/** As a word of its own: `s1` is not in `s12`. Chinese is written without spaces, so only Latin letters and digits join a word. */
function isNamed(text: string, name: string): boolean {
  if (name === "") return false;
  for (let from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + 1)) {
    if (!isJoined(text[from - 1]) && !isJoined(text[from + name.length])) return true;
  }
  return false;
}

function isJoined(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_-]/.test(character);
}

/** `s1..s3` and `s1 to s3` name those between as well. */
function ranges(text: string, servers: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, from = "", to = ""] of text.matchAll(/([A-Za-z]\w*)\s*(?:\.\.|–| to | 到 ?|至)\s*([A-Za-z]\w*)/gu)) {
    const [first, last] = [servers.indexOf(from), servers.indexOf(to)];
    if (first >= 0 && last > first) for (const server of servers.slice(first, last + 1)) found.add(server);
  }
  return found;
}

function numbers(text: string, pattern: RegExp): readonly number[] {
  return [...new Set([...text.matchAll(pattern)].map(([, digits]) => Number(digits)))];
}
