import { detailFields } from "./details.js";
import { categoryOf } from "./event-category.js";
import { fieldsOf } from "./event-fields.js";
import { titleOf } from "./event-title.js";
import { fieldLabel } from "./field-label.js";
import { lineOf } from "./lines.js";
import type { Recording } from "./recording.js";
import type { EventText } from "./view.js";
import { reasonOf } from "./why/event-reason.js";

/**
 * One event in words. `detail` adds what only the state then can tell, such as a message's entries, and costs a replay;
 * leave it off for lists.
 */
export function describe(recording: Recording, eventId: number, detail = false): EventText {
  const { log, world } = recording;
  const at = log.at(eventId);
  const cause = log.cause(eventId);
  const fields = fieldsOf(recording, eventId).map(({ name, value }) => ({ name: fieldLabel(name), value }));
  return {
    id: eventId,
    timeUs: log.timeUs(eventId),
    category: categoryOf(log.kind(eventId)),
    at: at === 0 ? null : world.nameOf(at),
    title: titleOf(recording, eventId),
    reason: reasonOf(recording, eventId),
    cause: cause < 0 ? null : cause,
    line: lineOf(recording, eventId),
    fields: detail ? [...fields, ...detailFields(recording, eventId)] : fields,
  };
}

/** A page of events as a list: at most `count` from event `from` on. */
export function describeAll(recording: Recording, from: number, count: number): EventText[] {
  const events: EventText[] = [];
  const first = Math.max(0, from);
  const end = Math.min(recording.log.count, first + count);
  for (let id = first; id < end; id += 1) events.push(describe(recording, id));
  return events;
}
