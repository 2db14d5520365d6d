import { type ParseArgsConfig, parseArgs } from "node:util";
import { checkCommand } from "./check.js";
import { compareCommand } from "./compare.js";
import { diagramCommand } from "./diagram.js";
import { parseDuration } from "./duration.js";
import { EXIT, type ExitCode, InputError } from "./exit-codes.js";
import { explainCommand } from "./explain.js";
import { askedOf } from "./explain-options.js";
import { exportCommand } from "./export.js";
import { fmtCommand } from "./fmt.js";
import type { Terminal } from "./output.js";
import { reportCommand } from "./report.js";
import { runCommand } from "./run.js";
import { DEFAULT_BUDGET, verifyCommand } from "./verify.js";

/** The usage text. */
export const USAGE = `raftlab: write, run and check Raft clusters

  raftlab run FILE… [--json] [--trace OUT.ndjson] [--mermaid OUT.mmd] [--history OUT.ndjson]
                                     run scenarios; the trace, the diagram or the clients' history of one into a file
  raftlab check FILE… [--json]       diagnostics only
  raftlab fmt [--check] FILE…        format in place
  raftlab diagram FILE [--from T] [--to T] [--svg OUT.svg]
                                     a mermaid sequence diagram on standard output, or a picture
  raftlab report FILE [--out OUT.md] a run told in Markdown: result, steps, what happened and why
  raftlab export FILE --html OUT.html
                                     a run as one file that plays it in any browser, offline
  raftlab explain FILE (--event N | --line N)
                                     why an event happened
  raftlab compare FILE (--seed N | --seed A --seed B | --set SETTING=VALUE) [--json]
                                     one scenario run twice: where the two part, why, and what each comes to
  raftlab explain FILE [--at T] (--no-leader | --entry SERVER/INDEX | --commit SERVER | --election SERVER | --client NAME | --key KEY)
                                     why something is, or is not, so at an instant; without --at at the end
  raftlab verify FILE… [--json] [--html OUT.html] [--budget N]
                                     recorded histories: whether they are linearizable

run, diagram, report, export and explain also take, compare for its second run
  --scenario TITLE                   this scenario of the file only
  --seed N                           another seed than the file's
  --set SETTING=VALUE                another setting, as in --set heartbeat=20ms; may be repeated

Times are written as in scenarios: 250us, 5ms, 1.5s.
Exit codes: 0 all passed, 1 something failed, 2 the input is wrong, 3 nothing failed but something is unproven.`;

const HINT = "`raftlab help` shows all commands and options.";

/** Runs one command line. Rejects with an {@link InputError} for wrong usage and unusable input. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [command, ...rest] = args;
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.out(USAGE);
    return EXIT.passed;
  }
  switch (command) {
    case undefined:
      terminal.err(USAGE);
      return EXIT.input;
    case "help":
    case "--help":
    case "-h":
      terminal.out(USAGE);
      return EXIT.passed;
    case "run": {
      const { values, positionals } = parse(rest, {
        ...SELECT,
        json: BOOLEAN,
        trace: TEXT,
        mermaid: TEXT,
        history: TEXT,
      });
      const files = atLeastOne(positionals, "run");
      const { json = false, trace, mermaid, history } = values;
      return runCommand(terminal, {
        ...selection(values),
        files,
        json,
        trace,
        history,
        mermaid,
        seed: integer(values.seed, "--seed"),
      });
    }
    case "check": {
      const { values, positionals } = parse(rest, { json: BOOLEAN });
      return checkCommand(terminal, atLeastOne(positionals, "check"), values.json ?? false);
    }
    case "fmt": {
      const { values, positionals } = parse(rest, { check: BOOLEAN });
      return fmtCommand(terminal, atLeastOne(positionals, "fmt"), values.check ?? false);
    }
    case "diagram": {
      const { values, positionals } = parse(rest, { ...SELECT, from: TEXT, to: TEXT, svg: TEXT });
      const fromUs = values.from === undefined ? undefined : parseDuration(values.from, "--from");
      const toUs = values.to === undefined ? undefined : parseDuration(values.to, "--to");
      const seed = integer(values.seed, "--seed");
      if (fromUs !== undefined && toUs !== undefined && fromUs > toUs) {
        throw new InputError(`--from ${values.from} is later than --to ${values.to}.`);
      }
      return diagramCommand(terminal, {
        ...selection(values),
        file: exactlyOne(positionals, "diagram"),
        seed,
        fromUs,
        toUs,
        svg: values.svg,
      });
    }
    case "report": {
      const { values, positionals } = parse(rest, { ...SELECT, out: TEXT });
      const seed = integer(values.seed, "--seed");
      const file = exactlyOne(positionals, "report");
      return reportCommand(terminal, { ...selection(values), file, seed, out: values.out });
    }
    case "export": {
      const { values, positionals } = parse(rest, { ...SELECT, html: TEXT });
      const seed = integer(values.seed, "--seed");
      const file = exactlyOne(positionals, "export");
      if (values.html === undefined) throw new InputError(`export needs --html and a file to write.\n${HINT}`);
      return exportCommand(terminal, { ...selection(values), file, seed, html: values.html });
    }
    case "explain": {
      const { values, positionals } = parse(rest, { ...SELECT, ...EXPLAIN });
      const event = integer(values.event, "--event");
      const line = integer(values.line, "--line");
      return explainCommand(terminal, {
        ...selection(values),
        file: exactlyOne(positionals, "explain"),
        seed: integer(values.seed, "--seed"),
        asked: askedOf({ ...values, event, line }),
      });
    }
    case "compare": {
      const { values, positionals } = parse(rest, {
        scenario: TEXT,
        seed: { type: "string", multiple: true },
        set: { type: "string", multiple: true },
        json: BOOLEAN,
      });
      return compareCommand(terminal, {
        file: exactlyOne(positionals, "compare"),
        scenario: values.scenario,
        seeds: (values.seed ?? []).flatMap((seed) => integer(seed, "--seed") ?? []),
        settings: values.set ?? [],
        json: values.json ?? false,
      });
    }
    case "verify": {
      const { values, positionals } = parse(rest, { json: BOOLEAN, html: TEXT, budget: TEXT });
      const budget = integer(values.budget, "--budget") ?? DEFAULT_BUDGET;
      const files = atLeastOne(positionals, "verify");
      return verifyCommand(terminal, { files, json: values.json ?? false, html: values.html, budget });
    }
    case "explore":
    case "bench":
      throw new InputError(`${command} comes later: this version does not have it yet.`);
    default:
      throw new InputError(`there is no command "${command}".\n${HINT}`);
  }
}

const TEXT = { type: "string" } as const;
const BOOLEAN = { type: "boolean" } as const;
const EXPLAIN = {
  event: TEXT,
  line: TEXT,
  "no-leader": BOOLEAN,
  entry: TEXT,
  commit: TEXT,
  election: TEXT,
  client: TEXT,
  key: TEXT,
  at: TEXT,
} as const;
const SELECT = { scenario: TEXT, seed: TEXT, set: { type: "string", multiple: true } } as const;

function parse<O extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new InputError(`${error instanceof Error ? error.message : String(error)}\n${HINT}`);
  }
}

function selection(values: { readonly scenario?: string | undefined; readonly set?: readonly string[] | undefined }) {
  return { scenario: values.scenario, settings: values.set ?? [] };
}

function atLeastOne(files: readonly string[], command: string): readonly string[] {
  if (files.length === 0) throw new InputError(`${command} needs a file.\n${HINT}`);
  return files;
}

function exactlyOne(files: readonly string[], command: string): string {
  const [file, ...more] = atLeastOne(files, command);
  if (file === undefined || more.length > 0) throw new InputError(`${command} takes one file.`);
  return file;
}

function integer(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new InputError(`${option} takes a whole number, not "${text}".`);
  return value;
}
