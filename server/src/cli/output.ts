import { styleText } from "node:util";

/** Where a command writes. */
export interface Terminal {
  /** A line of the command's result. */
  readonly out: (text: string) => void;
  /** A line about it: what is wrong, what was left out. */
  readonly err: (text: string) => void;
  /** Shows how far long work is, in the place of what it showed before; `null` takes it away. Nothing where nobody looks. */
  readonly progress: (text: string | null) => void;
  /** Colours on. */
  readonly colour: boolean;
}

/** The terminal of this process. Colours only where a person looks, and not against NO_COLOR. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  let closed = false;
  // A reader that has seen enough (`| head`) is no failure: the rest goes nowhere, and the exit code stays true.
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") throw error;
    closed = true;
  };
  stdout.on("error", onError);
  stderr.on("error", onError);
  const live = stderr.isTTY === true;
  let shown = false;
  const progress = (text: string | null): void => {
    if (!live || (text === null && !shown)) return;
    stderr.write(text === null ? "\r\u001b[K" : `\r\u001b[K${text.slice(0, Math.max(20, stderr.columns - 1))}`);
    shown = text !== null;
  };
  return {
    out: (text) => {
      progress(null);
      if (!closed) stdout.write(`${text}\n`);
    },
    err: (text) => {
      progress(null);
      if (!closed) stderr.write(`${text}\n`);
    },
    progress,
    colour: stdout.isTTY === true && process.env["NO_COLOR"] === undefined,
  };
}

/** Colours a text on a terminal that shows colours. */
export function paint(terminal: Terminal, style: "green" | "red" | "yellow" | "dim" | "bold", text: string): string {
  return terminal.colour ? styleText(style, text) : text;
}

/** `1 file`, `2 files`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
