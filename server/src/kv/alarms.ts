import type { AlarmRequest } from "./request.js";
import type { Alarm } from "./response.js";

/** The alarms after a request, and those that its answer names (etcdserver/apply.go, Alarm; etcdserver/api/v3alarm). */
export function alarmsAfter(
  alarms: readonly Alarm[],
  { action, member, alarm }: AlarmRequest,
): { readonly alarms: readonly Alarm[]; readonly answer: readonly Alarm[] } {
  switch (action) {
    case "get":
      return { alarms, answer: alarms.filter((each) => alarm === null || each.alarm === alarm) };
    case "activate": {
      if (alarm === null) return { alarms, answer: [] };
      const known = alarms.find((each) => each.member === member && each.alarm === alarm);
      if (known !== undefined) return { alarms, answer: [known] };
      const raised: Alarm = { member, alarm };
      return { alarms: [...alarms, raised], answer: [raised] };
    }
    case "deactivate": {
      const ended = alarms.filter((each) => each.member === member && each.alarm === alarm);
      return { alarms: ended.length === 0 ? alarms : alarms.filter((each) => !ended.includes(each)), answer: ended };
    }
  }
}
