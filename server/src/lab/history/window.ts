import type { HistoryOperation, HistoryView } from "../../protocol/history-view.js";
import type { OperationRecord } from "../../sim/history.js";
import { firstWhere, type HistoryFilter, HistoryIndex, type Selection, within } from "../../trace/history/index.js";
import type { Recording } from "../../trace/recording.js";
import type { OpenSession } from "../open-session.js";
import { barOf } from "./bars.js";
import type { CheckedHistory } from "./checks.js";
import { watchLanes } from "./watches.js";

/** Keys, and revisions of the axis, that a view holds. */
const KEYS = 100;
const REVISIONS = 40;

/** What to look at. */
export interface HistoryWindow {
  readonly filter: HistoryFilter;
  readonly fromUs: number;
  readonly toUs: number;
  readonly limit: number;
  readonly buckets: number;
}

/** What passes a filter, with an operation of unknown outcome reaching to where the check's order has it. */
export function selectionOf(recording: Recording, filter: HistoryFilter, checked: CheckedHistory | null): Selection {
  const late = ({ number, outcome }: OperationRecord): number | null =>
    outcome?.kind === "result" ? null : (checked?.points.get(number)?.timeUs ?? null);
  return HistoryIndex.of(recording).select(filter, String(checked?.events ?? ""), late);
}

/** The history of a session within a window. */
export function historyWindow(
  session: OpenSession,
  window: HistoryWindow,
  checked: CheckedHistory | null,
): HistoryView {
  const { recording } = session;
  const { log, world, history } = recording;
  const index = HistoryIndex.of(recording);
  const selection = selectionOf(recording, window.filter, checked);
  const places = placesIn(selection, history.operations, window, checked);
  const { positions } = selection;
  const recordAt = (place: number): OperationRecord | undefined => history.operations[positions[place] ?? -1];
  const bar = (place: number): HistoryOperation[] => {
    const record = recordAt(place);
    return record === undefined ? [] : [barOf(recording, index, checked, record, place)];
  };
  const tooMany = places.length > window.limit;
  const told = tooMany ? places.filter((place) => explained(recordAt(place), checked)).slice(0, window.limit) : places;
  const clients = clientsOf(recording, index, window.filter);
  const keys = index.keys.length <= KEYS ? index.keys : mostNamed(index.keys);
  const { watches, moreWatches } = watchLanes(recording, window, checked);
  return {
    sessionId: session.id,
    events: log.count,
    endUs: world.nowUs,
    fromUs: window.fromUs,
    toUs: window.toUs,
    total: history.operations.length,
    matching: positions.length,
    inWindow: places.length,
    clients,
    operations: told.flatMap(bar),
    density: tooMany ? densityOf(recording, clients, selection, places, window) : null,
    keys: keys.map(({ text, place, count }) => ({ text, place, operations: count })),
    moreKeys: index.keys.length - keys.length,
    revisions: revisionsIn(recording, window),
    watches,
    moreWatches,
    checked: checked?.events === log.count,
  };
}

/** The places of a selection that overlap the window, ascending. */
function placesIn(
  selection: Selection,
  records: readonly OperationRecord[],
  window: HistoryWindow,
  checked: CheckedHistory | null,
): readonly number[] {
  const { first, end, open } = within(selection, records, window);
  const found = [...open];
  for (let place = first; place < end; place += 1) {
    const record = records[selection.positions[place] ?? -1];
    if (record !== undefined && endOf(record, checked) >= window.fromUs) found.push(place);
  }
  return found;
}

/** Until when an operation may have taken effect, as far as it is drawn. */
function endOf({ number, outcome, invokeUs, returnUs }: OperationRecord, checked: CheckedHistory | null): number {
  if (outcome === null) return Number.POSITIVE_INFINITY;
  const end = returnUs ?? invokeUs;
  return outcome.kind === "result" ? end : Math.max(end, checked?.points.get(number)?.timeUs ?? end);
}

/** Whether an operation is worth showing where there is no room for all. */
function explained(record: OperationRecord | undefined, checked: CheckedHistory | null): boolean {
  if (record === undefined) return false;
  return checked !== null && (checked.stuck.has(record.number) || checked.partOf.has(record.number));
}

function clientsOf(recording: Recording, index: HistoryIndex, { clients }: HistoryFilter): HistoryView["clients"] {
  return index.clients.flatMap(({ client, lanes, operations }) => {
    const name = recording.world.nameOf(client);
    return clients.length > 0 && !clients.includes(name) ? [] : [{ name, operations, lanes }];
  });
}

/** How many operations of each client were under way in each part of the window. */
function densityOf(
  { history, world }: Recording,
  clients: HistoryView["clients"],
  selection: Selection,
  places: readonly number[],
  { fromUs, toUs, buckets }: HistoryWindow,
): number[][] {
  // What begins in a part adds one from there on, what ends takes one away behind its last part.
  const changes = clients.map(() => new Int32Array(buckets + 1));
  const rows = new Map(clients.map(({ name }, row) => [name, changes[row]]));
  const known = new Map<number, Int32Array | undefined>();
  const width = Math.max(1, toUs - fromUs) / buckets;
  const bucket = (us: number): number => Math.min(buckets - 1, Math.max(0, Math.floor((us - fromUs) / width)));
  for (const place of places) {
    const record = history.operations[selection.positions[place] ?? -1];
    if (record === undefined) continue;
    const { client, invokeUs, returnUs, outcome } = record;
    if (!known.has(client)) known.set(client, rows.get(world.nameOf(client)));
    const row = known.get(client);
    if (row === undefined) continue;
    const first = bucket(invokeUs);
    const behind = (outcome === null ? buckets - 1 : bucket(returnUs ?? invokeUs)) + 1;
    row[first] = (row[first] ?? 0) + 1;
    row[behind] = (row[behind] ?? 0) - 1;
  }
  return changes.map((row) => {
    let now = 0;
    return Array.from(row.subarray(0, buckets), (change) => {
      now += change;
      return now;
    });
  });
}

function mostNamed(keys: HistoryIndex["keys"]): HistoryIndex["keys"] {
  return [...keys]
    .sort((a, b) => b.count - a.count)
    .slice(0, KEYS)
    .sort((a, b) => a.place - b.place);
}

/** Some revisions that were made within a window, the last one among them. */
function revisionsIn(recording: Recording, { fromUs, toUs }: HistoryWindow): HistoryView["revisions"] {
  const first = 2;
  const count = newestRevision(recording) - first + 1;
  const timeOf = (at: number): number => recording.timeOf(recording.eventOfRevision(first + at) ?? 0);
  const from = firstWhere(count, (at) => timeOf(at) >= fromUs);
  const end = firstWhere(count, (at) => timeOf(at) > toUs);
  const step = Math.max(1, Math.ceil((end - from) / REVISIONS));
  const found: HistoryView["revisions"][number][] = [];
  for (let at = from; at < end; at += step) {
    const eventId = recording.eventOfRevision(first + at);
    if (eventId !== null) found.push({ revision: first + at, timeUs: recording.timeOf(eventId), eventId });
  }
  return found;
}

function newestRevision(recording: Recording): number {
  const newest = (): number => {
    let revision = 1;
    for (const server of recording.world.servers) revision = Math.max(revision, server?.machine.store.revision ?? 0);
    return revision;
  };
  let revision = newest();
  // Of what a server was given to start with nothing in the trace tells.
  while (revision > 1 && recording.eventOfRevision(revision) === null) revision -= 1;
  return revision;
}
