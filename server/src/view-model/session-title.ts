/** How a session is called. */
import type { SessionInfo } from "../protocol/session.js";

/** `a title · check-quorum off`: the settings that a run had otherwise than its text stand behind the title. */
export function sessionTitle({ title, settings = [] }: SessionInfo): string {
  return [title, ...settings].join(" · ");
}
