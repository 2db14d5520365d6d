import type { EventKind } from "../sim/recorder.js";
import type { EventCategory } from "./view.js";

const CATEGORIES: Readonly<Record<EventKind, EventCategory>> = {
  start: "role",
  send: "message",
  deliver: "message",
  drop: "message",
  held: "message",
  timer: "timer",
  transition: "role",
  truncate: "log",
  commit: "log",
  durable: "disk",
  "disk-error": "fault",
  "disk-lost": "fault",
  "no-start": "fault",
  struck: "fault",
  "take-snapshot": "log",
  snapshot: "log",
  install: "log",
  crash: "fault",
  restart: "fault",
  pause: "fault",
  resume: "fault",
  wipe: "fault",
  timeout: "fault",
  fault: "fault",
  undo: "fault",
  heal: "fault",
  release: "fault",
  lose: "fault",
  invoke: "client",
  return: "client",
  retry: "client",
  "add-client": "client",
  tick: "timer",
  "deliver-asked": "message",
  "copy-asked": "fault",
  watch: "watch",
  unwatch: "watch",
  "watch-events": "watch",
  "watch-resume": "watch",
  step: "step",
  result: "step",
  note: "note",
};

/** What an event of this kind is about. */
export function categoryOf(kind: EventKind): EventCategory {
  return CATEGORIES[kind];
}
