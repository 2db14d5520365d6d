import { semicolons } from "../l10n/joined.js";
import { t } from "../l10n/text.js";
import type { Step } from "../language/program.js";
import { formatDuration } from "../language/vocabulary/durations.js";
import type { EndpointId } from "../sim/config.js";
import type { MachineFault } from "../sim/machine-fault.js";
import type { RunContext, StepPlace } from "./context.js";
import { resolve } from "./selectors.js";

/** Steps that are faults of single machines. */
export type MachineStep = Extract<
  Step,
  { readonly kind: "clock-drift" | "clock-jump" | "disk-slow" | "disk" | "crash-point" }
>;

/** Runs a step that does something to the clock or disk of servers, or lets them crash at a point. */
export function runMachineFault(context: RunContext, place: StepPlace, step: MachineStep): void {
  const servers = resolve(context.names(), step.target);
  if (!servers.ok) {
    context.giveUp(place, servers.message);
    return;
  }
  const results: string[] = [];
  let good = true;
  for (const server of servers.value) {
    const text = textOf(step, context.world.nameOf(server));
    const fault = faultOf(step, server);
    // A crash point has its duration in itself: it says how long the server stays down.
    const durationUs = step.kind === "crash-point" ? null : step.duration;
    const { refused } = context.act(place, { kind: "fault", fault, text, durationUs });
    if (refused !== null) good = false;
    results.push(refused ?? text);
  }
  context.report(place, good, semicolons(results) || t("nobody"));
}

function faultOf(step: MachineStep, server: EndpointId): MachineFault {
  switch (step.kind) {
    case "clock-drift":
      return { kind: "clock-drift", server, ppm: Math.round(step.drift * 1_000_000) };
    case "clock-jump":
      return { kind: "clock-jump", server, byUs: step.by };
    case "disk-slow":
      return { kind: "disk-slow", server, byUs: step.by };
    case "disk":
      return { kind: `disk-${step.fault}`, server };
    case "crash-point": {
      const { when, place, message } = step;
      return { kind: "crash-point", server, when, place, message, downUs: step.duration };
    }
  }
}

/** The step in the words of the language with the server it turned out to concern, without how long it lasts. */
function textOf(step: MachineStep, name: string): string {
  switch (step.kind) {
    case "clock-drift":
      return `clock ${name} drift ${percentText(step.drift)}`;
    case "clock-jump":
      return `clock ${name} jump ${step.by < 0 ? "-" : ""}${formatDuration(Math.abs(step.by))}`;
    case "disk-slow":
      return `disk ${name} slow ${formatDuration(step.by)}`;
    case "disk":
      return `disk ${name} ${step.fault === "ignore-fsync" ? "ignore fsync" : step.fault}`;
    case "crash-point": {
      const message = step.message === null ? "" : ` ${step.message}`;
      const lasting = step.duration === null ? "" : ` for ${formatDuration(step.duration)}`;
      return `crash ${name} ${step.when} ${step.place}${message}${lasting}`;
    }
  }
}

/** Rounded to what the simulator distinguishes: millionths. */
function percentText(share: number): string {
  return `${Math.round(share * 1_000_000) / 10_000}%`;
}
