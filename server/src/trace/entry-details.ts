import type { Command } from "../kv/command.js";
import { t } from "../l10n/text.js";
import type { Entry } from "../raft/types.js";
import type { SimServer } from "../sim/server.js";
import type { World } from "../sim/world.js";
import { entryText, outcomeRevision } from "./operation-text.js";
import type { Recording } from "./recording.js";
import { broughtEntry } from "./subject.js";

/** Events that are looked through for an entry's beginnings. */
const MOST_EVENTS = 300_000;

/** An event with its time. */
export interface EventMoment {
  readonly eventId: number;
  readonly timeUs: number;
}

/** What one server has at the entry's index. */
export interface EntryAtServer {
  readonly server: string;
  readonly holds: "entry" | "snapshot" | "other" | "nothing";
  readonly term: number | null;
  readonly appended: EventMoment | null;
  readonly durable: EventMoment | null;
  readonly committed: EventMoment | null;
}

/** An entry as a server has it, and what the others have there. */
export interface EntryDetails {
  readonly index: number;
  readonly term: number;
  readonly text: string;
  readonly operation: { readonly number: number; readonly client: string; readonly began: EventMoment } | null;
  readonly revision: number | null;
  readonly servers: readonly EntryAtServer[];
  readonly truncated: boolean;
}

/** The entry of a server at an event; or why there is none. One look back through the trace, however many servers there are. */
export function entryDetails(
  recording: Recording,
  eventId: number,
  name: string,
  index: number,
): EntryDetails | string {
  const world = recording.stateAt(eventId);
  const server = world.servers.find((each) => each?.name === name);
  if (server === undefined) return t("There is no server {0}.", name);
  const entry = logOf(server).at(index);
  if (entry === undefined) return t("{0} has no entry {1} at this moment.", name, index);
  const holders = world.servers.flatMap((each) => (each === undefined ? [] : [holding(each, index, entry.term)]));
  const upTo = Math.max(eventId, world.recorder.count - 1);
  const truncated = lookBack(recording, upTo, index, entry, holders);
  return {
    index,
    term: entry.term,
    text: entryText(entry, (id) => world.nameOf(id)),
    ...made(recording, world, entry),
    servers: holders.map(({ server: { name: holder }, holds, term, appended, durable, committed }) => ({
      server: holder,
      holds,
      term,
      appended: momentOf(recording, appended),
      durable: momentOf(recording, durable),
      committed: momentOf(recording, committed),
    })),
    truncated,
  };
}

/** A server while its beginnings are looked for: -1 for what is not found. */
interface Holder {
  readonly server: SimServer;
  readonly holds: EntryAtServer["holds"];
  readonly term: number | null;
  isDurable: boolean;
  isCommitted: boolean;
  appended: number;
  durable: number;
  committed: number;
  done: boolean;
}

function holding(server: SimServer, index: number, term: number): Holder {
  const log = logOf(server);
  const there = log.at(index);
  const holds = there === undefined ? (index < log.firstIndex ? "snapshot" : "nothing") : whichOf(there.term, term);
  const isEntry = holds === "entry";
  return {
    server,
    holds,
    term: there?.term ?? null,
    isDurable: isEntry && index <= (server.raft?.durableIndex ?? log.lastIndex),
    isCommitted: isEntry && index <= (server.raft?.commitIndex ?? 0),
    appended: -1,
    durable: -1,
    committed: -1,
    done: !isEntry,
  };
}

function whichOf(there: number, asked: number): "entry" | "other" {
  return there === asked ? "entry" : "other";
}

function logOf({ raft, disk }: SimServer) {
  return raft?.log ?? disk.log;
}

/** Goes back until each holder's entry is seen to come; true when that was given up. */
function lookBack(
  recording: Recording,
  upTo: number,
  index: number,
  entry: Entry<Command>,
  holders: readonly Holder[],
) {
  const { log } = recording;
  const open = new Map(holders.filter(({ done }) => !done).map((holder) => [holder.server.id, holder]));
  const last = Math.max(0, upTo - MOST_EVENTS);
  for (let id = Math.min(upTo, log.count - 1); id >= last && open.size > 0; id -= 1) {
    const holder = open.get(log.at(id));
    if (holder === undefined) continue;
    // The first that named it is the last one met on the way back.
    switch (log.kind(id)) {
      case "durable":
        if (holder.isDurable && log.word(id, 0) >= index) holder.durable = id;
        else holder.isDurable = false;
        break;
      case "commit":
        if (holder.isCommitted && log.word(id, 0) >= index) holder.committed = id;
        else holder.isCommitted = false;
        break;
      case "start":
      case "transition":
      case "deliver":
        if (!beganWith(recording, id, index, entry)) break;
        holder.appended = id;
        open.delete(holder.server.id);
        break;
      default:
    }
  }
  return open.size > 0;
}

/** Whether this event is how the entry came into its server's log. */
function beganWith(recording: Recording, id: number, index: number, entry: Entry<Command>): boolean {
  const { log } = recording;
  switch (log.kind(id)) {
    case "start":
      return true;
    case "transition": {
      const code = log.reason(id)?.code;
      const won = code === "won-election" || code === "single-voter";
      return won && entry.kind === "no-op" && log.word(id, 1) === entry.term;
    }
    default:
      return broughtEntry(recording, id, index);
  }
}

function momentOf({ log }: Recording, eventId: number): EventMoment | null {
  return eventId < 0 ? null : { eventId, timeUs: log.timeUs(eventId) };
}

/** The operation that an entry carries, and the revision that it is known to have made. */
function made(recording: Recording, world: World, entry: Entry<Command>): Pick<EntryDetails, "operation" | "revision"> {
  const { command } = entry.kind === "command" ? entry : { command: null };
  const record =
    command === null || command.client === 0
      ? undefined
      : recording.history.operations.find(
          ({ session, sequence }) => session === command.client && sequence === command.sequence,
        );
  if (record === undefined) return { operation: null, revision: null };
  const { number, client, invokeEvent, returnUs, outcome } = record;
  // What the client learns later, this moment does not know.
  const told = outcome !== null && returnUs !== null && returnUs <= world.nowUs;
  const began = { eventId: invokeEvent, timeUs: recording.log.timeUs(invokeEvent) };
  return {
    operation: { number, client: world.nameOf(client), began },
    revision: told && outcome !== null ? outcomeRevision(outcome) : null,
  };
}
