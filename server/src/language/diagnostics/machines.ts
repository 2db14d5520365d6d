/** RL203x: clocks, disks and crashes that cannot be told to do what a step says. */

import { t } from "../../l10n/text.js";
import { define } from "./definition.js";
import { steps } from "./examples.js";

/** The diagnostics of machine faults, by name. */
export const MACHINES = {
  driftTooFar: define({
    code: "RL2030",
    severity: "error",
    title: "Clock that drifts too far",
    message: (drift: string) => t("A drift of {0} is out of range: a clock drifts by -90% to 100%.", drift),
    explanation:
      "A drift is the share by which a clock runs too fast, or with a minus sign too slow. Real clocks drift by millionths; -90% to 100% leaves room for every experiment. A server that stands still is paused: `pause s2`.",
    wrong: steps("await leader", "clock s2 drift -95%"),
    right: steps("await leader", "clock s2 drift -50%"),
  }),
  noFault: define({
    code: "RL2031",
    severity: "warning",
    title: "Fault that changes nothing",
    message: (text: string) => t("`{0}` changes nothing.", text),
    explanation: "A drift of 0%, a jump of 0ms and a disk that is slower by 0ms leave the server as it was.",
    wrong: steps("await leader", "clock s2 drift 0%"),
    right: steps("await leader", "clock s2 drift 5%"),
  }),
  cannotBeUndone: define({
    code: "RL2032",
    severity: "error",
    title: "Fault that cannot be undone",
    message: (fault: string) =>
      t("`{0}` cannot be undone after a while: what is damaged stays so. Leave `for` out.", fault),
    explanation:
      "A damaged record stays damaged until the disk is wiped. Faults that last (`slow`, `ignore fsync`, `fail`, a drift) take `for`.",
    wrong: steps("await leader", 'put color "red"', "disk s1 corrupt for 1s"),
    right: steps("await leader", 'put color "red"', "disk s1 corrupt"),
  }),
  neverSent: define({
    code: "RL2033",
    severity: "warning",
    title: "Crash that never comes",
    message: (message: string) => t("Clients send `{0}`, servers never do: this crash never comes.", message),
    explanation:
      "A crash at `send` waits until the server itself sends a message of that type. Servers answer clients with `ClientRequestReply`.",
    wrong: steps("await leader", "crash leader before send ClientRequest"),
    right: steps("await leader", "crash leader before send ClientRequestReply"),
  }),
} as const;
