/** Further faults, and work on the cluster, on a live cluster. Each command takes its members as an argument, or asks. */
import * as vscode from "vscode";
import type { ServerView } from "../../../server/src/protocol/cluster-view.js";
import type { SessionInfo, StepOutcome } from "../../../server/src/protocol/session.js";
import { MESSAGE_TYPES } from "../../../server/src/protocol/steps/fault-text.js";
import { type Members, members, text } from "../arguments.js";
import { choose, chooseServer } from "../inputs.js";
import type { Services } from "../services.js";
import { problemWith } from "./do-step.js";
import { act, liveSession } from "./live.js";

type Done = Promise<StepOutcome | undefined>;

/** Whom a command asks, and about what. */
interface Asking {
  readonly services: Services;
  readonly session: SessionInfo;
  readonly given: Members;
  /** Whether a person is there to be asked for what may be left out. */
  readonly interactive: boolean;
}

/** Makes the text of a step; `undefined` when the person gave up. */
type Write = (asking: Asking) => Promise<string | undefined>;

function stepCommand(write: Write): (services: Services, argument: unknown) => Done {
  return async (services, argument) => {
    const given = members(argument);
    const session = await liveSession(services, given);
    if (!session) return undefined;
    const interactive = Object.keys(given).every((name) => name === "sessionId" || name === "server");
    const line = await write({ services, session, given, interactive });
    if (line === undefined) return undefined;
    const outcome = await act(services, session, line);
    vscode.window.setStatusBarMessage(`$(zap) ${line}`, 5_000);
    return outcome;
  };
}

interface ServerOptions {
  readonly only?: ServerView["status"];
  readonly selectors?: readonly string[];
}

async function server(
  { services, session, given }: Asking,
  title: string,
  options: ServerOptions = {},
  member = "server",
): Promise<string | undefined> {
  return text(given, member) ?? (await chooseServer(services, session, title, options));
}

/** A text that completes a step; checked as it is typed. */
async function typed(
  { services, session, given }: Asking,
  member: string,
  title: string,
  value: string,
  step: (typed: string) => string,
): Promise<string | undefined> {
  return (
    text(given, member) ??
    (await vscode.window.showInputBox({
      title,
      value,
      ignoreFocusOut: true,
      validateInput: (now) => problemWith(services, session, step(now)),
    }))
  );
}

/** `step` with how long it lasts; a caller that is a program says so or means "until it is healed". */
async function lasting({ given, interactive }: Asking, step: string): Promise<string | undefined> {
  const said = text(given, "for");
  if (said !== undefined) return `${step} for ${said}`;
  if (!interactive) return step;
  const chosen = await choose(vscode.l10n.t("{0}: for how long?", step), [
    { label: vscode.l10n.t("Until it is healed"), value: "" },
    ...["100ms", "500ms", "2s", "10s"].map((duration) => ({ label: duration, value: ` for ${duration}` })),
  ]);
  return chosen === undefined ? undefined : `${step}${chosen}`;
}

/** On every link, or on those of one server: ` on s1 <-> all`. */
async function somewhere(asking: Asking): Promise<string | undefined> {
  const { given, interactive, session } = asking;
  const on = text(given, "on");
  if (on !== undefined) return ` on ${on}`;
  if (!interactive) return "";
  return choose(vscode.l10n.t("On which links?"), [
    { label: vscode.l10n.t("Every link"), value: "" },
    ...session.servers.map((name) => ({
      label: name,
      description: vscode.l10n.t("all links of it"),
      value: ` on ${name} <-> all`,
    })),
  ]);
}

const LIVING: ServerOptions = { only: "up", selectors: ["any follower"] };

/** `Raft Lab: Let Election Timer Fire`. Argument: `server`. */
export const timeout = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Whose election timer fires?"), LIVING);
  return target === undefined ? undefined : `timeout ${target}`;
});

/** `Raft Lab: Transfer Leadership`. Argument: `server`. */
export const transferLeadership = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Transfer leadership to which server?"), LIVING);
  return target === undefined ? undefined : `transfer leadership to ${target}`;
});

/** `Raft Lab: Add Server`. Argument: `server`, `role` (`voter` or `learner`). */
export const addServer = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Add which server?"));
  if (target === undefined) return undefined;
  const roles = [
    { label: vscode.l10n.t("Voter"), value: "voter" },
    { label: vscode.l10n.t("Learner"), description: vscode.l10n.t("gets the log, does not vote"), value: "learner" },
  ];
  const role = text(asking.given, "role") ?? (await choose(vscode.l10n.t("Add {0} as what?", target), roles));
  return role === undefined ? undefined : `add ${role} ${target}`;
});

/** `Raft Lab: Promote Learner`. Argument: `server`. */
export const promoteServer = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Promote which learner?"));
  return target === undefined ? undefined : `promote ${target}`;
});

/** `Raft Lab: Remove Server`. Argument: `server`. */
export const removeServer = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Remove which server?"), { selectors: ["leader"] });
  return target === undefined ? undefined : `remove ${target}`;
});

/** `Raft Lab: Take Snapshot`. Argument: `server`. */
export const snapshot = stepCommand(async (asking) => {
  const options: ServerOptions = { only: "up", selectors: ["leader", "all"] };
  const target = await server(asking, vscode.l10n.t("Which server takes a snapshot?"), options);
  return target === undefined ? undefined : `snapshot ${target}`;
});

/** `Raft Lab: Wipe Disk`. Argument: `server`. */
export const wipe = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Wipe the disk of which server?"));
  return target === undefined ? undefined : `wipe ${target}`;
});

/** `Raft Lab: Lose Messages`. Argument: `chance` such as `20%`, `on` (a link), `for`. */
export const loss = stepCommand(async (asking) => {
  const chance = await typed(
    asking,
    "chance",
    vscode.l10n.t("How many messages are lost?"),
    "20%",
    (now) => `loss ${now}`,
  );
  const on = chance === undefined ? undefined : await somewhere(asking);
  return on === undefined ? undefined : lasting(asking, `loss ${chance}${on}`);
});

/** `Raft Lab: Set Latency`. Argument: `latency` such as `50ms..200ms`, `on` (a link), `for`. */
export const latency = stepCommand(async (asking) => {
  const title = vscode.l10n.t("How long do messages take?");
  const value = await typed(asking, "latency", title, "200ms", (now) => `latency ${now}`);
  const on = value === undefined ? undefined : await somewhere(asking);
  return on === undefined ? undefined : lasting(asking, `latency ${value}${on}`);
});

/** `Raft Lab: Delay Messages`. Argument: `type`, `from`, `to`, `by`, `for`. */
export const delay = stepCommand(async (asking) => {
  const types = MESSAGE_TYPES.map((name) => ({ label: name, value: name }));
  const type = text(asking.given, "type") ?? (await choose(vscode.l10n.t("Delay messages of which type?"), types));
  if (type === undefined) return undefined;
  const selectors = ["leader", "all"];
  const from = await server(asking, vscode.l10n.t("Delay: from whom?"), { selectors }, "from");
  if (from === undefined) return undefined;
  const to = await server(asking, vscode.l10n.t("Delay: to whom?"), { selectors }, "to");
  if (to === undefined) return undefined;
  const step = (by: string): string => `delay ${type} ${from} -> ${to} by ${by}`;
  const by = await typed(asking, "by", vscode.l10n.t("How much later do they arrive?"), "200ms", step);
  return by === undefined ? undefined : lasting(asking, step(by));
});

/** `Raft Lab: Disturb Clock`. Argument: `server`, `how` such as `drift 10%` or `jump 300ms`, `for`. */
export const clock = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Whose clock?"), { selectors: ["leader", "any follower"] });
  if (target === undefined) return undefined;
  const how =
    text(asking.given, "how") ??
    (await choose(vscode.l10n.t("What does its clock do?"), [
      { label: "drift 10%", description: vscode.l10n.t("runs too fast"), value: "drift 10%" },
      { label: "drift -10%", description: vscode.l10n.t("runs too slow"), value: "drift -10%" },
      { label: "jump 300ms", description: vscode.l10n.t("leaps forward"), value: "jump 300ms" },
      { label: "jump -300ms", description: vscode.l10n.t("leaps back"), value: "jump -300ms" },
    ]));
  return how === undefined ? undefined : lasting(asking, `clock ${target} ${how}`);
});

/** `Raft Lab: Break Disk`. Argument: `server`, `how` such as `slow 50ms`, `ignore fsync`, `tear`, `corrupt`, `fail`; `for`. */
export const disk = stepCommand(async (asking) => {
  const target = await server(asking, vscode.l10n.t("Whose disk?"), { selectors: ["leader", "any follower"] });
  if (target === undefined) return undefined;
  const how =
    text(asking.given, "how") ??
    (await choose(vscode.l10n.t("What does its disk do?"), [
      { label: "slow 50ms", description: vscode.l10n.t("writes take longer"), value: "slow 50ms" },
      { label: "ignore fsync", description: vscode.l10n.t("reports as durable what is not"), value: "ignore fsync" },
      { label: "tear", description: vscode.l10n.t("the last record is half-written"), value: "tear" },
      { label: "corrupt", description: vscode.l10n.t("a record is damaged"), value: "corrupt" },
      { label: "fail", description: vscode.l10n.t("writes fail: the server stops"), value: "fail" },
    ]));
  if (how === undefined) return undefined;
  const step = `disk ${target} ${how}`;
  return how === "tear" || how === "corrupt" ? step : lasting(asking, step);
});
