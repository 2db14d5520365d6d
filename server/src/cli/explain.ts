import { ScenarioRun } from "../scenario/run.js";
import { eventOfLine } from "../trace/lines.js";
import type { Recording } from "../trace/recording.js";
import { answer } from "../trace/why/answer.js";
import type { Subject } from "../trace/why/subject.js";
import { answerLines } from "../view-model/why/text.js";
import { EXIT, type ExitCode, InputError } from "./exit-codes.js";
import { finish } from "./finish.js";
import { onlyScenario } from "./only.js";
import type { Terminal } from "./output.js";
import type { Selection } from "./select.js";

/** What is asked: about an event, about what a line caused, or about a state at an instant (`null`: at the end). */
export type Asked =
  | { readonly kind: "event"; readonly event: number }
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "subject"; readonly about: Subject; readonly atUs: number | null };

/** Options of `raftlab explain`. */
export interface ExplainCommand extends Selection {
  readonly file: string;
  readonly seed: number | undefined;
  readonly asked: Asked;
}

/** `raftlab explain`: why an event, or the first event of a scenario line, happened; or why something is, or is not, so at an instant. */
export async function explainCommand(terminal: Terminal, command: ExplainCommand): Promise<ExitCode> {
  const { file, asked, seed } = command;
  const line = asked.kind === "line" ? asked.line : undefined;
  const { scenario, source } = await onlyScenario(terminal, file, command, line);
  const run = new ScenarioRun(scenario, source, seed === undefined ? {} : { seed });
  finish(terminal, run);
  const { recording } = run;
  const place = asked.kind === "subject" ? momentOf(recording, asked.atUs) : eventOf(terminal, run, asked);
  const about = asked.kind === "subject" ? asked.about : null;
  const said = answer(recording, place, about);
  if (said === null) throw new InputError(missingText(recording, about, scenario.title));
  for (const text of answerLines(said)) terminal.out(text);
  return EXIT.passed;
}

function eventOf(
  terminal: Terminal,
  { recording, steps, scenario }: ScenarioRun,
  asked: Exclude<Asked, { readonly kind: "subject" }>,
): number {
  const { count } = recording.log;
  if (asked.kind === "event") {
    if (asked.event < count) return asked.event;
    throw new InputError(`There is no event ${asked.event}: the run has events 0 to ${count - 1}.`);
  }
  const { line } = asked;
  const step = steps.find((each) => each.line === line && !each.ok) ?? steps.find((each) => each.line === line);
  const id = step?.eventId ?? eventOfLine(recording, line);
  if (id < 0) throw new InputError(`Line ${line} caused no event in "${scenario.title}".`);
  if (step !== undefined) terminal.out(`line ${step.line}: ${step.result}`);
  return id;
}

function momentOf({ log }: Recording, atUs: number | null): number {
  return atUs === null ? log.count - 1 : Math.max(0, log.lastAt(atUs));
}

/** What of a question is not there. */
function missingText({ world }: Recording, about: Subject | null, title: string): string {
  if (about !== null && "server" in about && about.server !== undefined) {
    const servers = world.servers.flatMap((server) => (server === undefined ? [] : [server.name]));
    if (!servers.includes(about.server)) return absent("server", about.server, title, servers);
    if (about.kind === "entry")
      return `There is nothing to say about entry ${about.index} at ${about.server} in "${title}".`;
  }
  if (about?.kind === "client") {
    const clients = [...world.clients.values()].map(({ name }) => name);
    if (!clients.includes(about.client)) return absent("client", about.client, title, clients);
  }
  if (about?.kind === "key") return `There is nothing to say about the key "${about.key}" in "${title}".`;
  return `There is nothing to say about that in "${title}".`;
}

function absent(what: string, name: string, title: string, there: readonly string[]): string {
  return `There is no ${what} "${name}" in "${title}": it has ${there.join(", ")}.`;
}
