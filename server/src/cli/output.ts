import { styleText } from "node:util";

/** Where a command writes, and whether a person looks. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colours on. */
  readonly colour: boolean;
  /** Progress lines that overwrite themselves make sense. */
  readonly live: boolean;
}

/** The terminal of this process. Colours only where a person looks, and not against NO_COLOR. */
export function processTerminal(): Terminal {
  const colour = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    colour,
    live: process.stderr.isTTY === true,
  };
}

/** Colours a text on a terminal that shows colours. */
export function paint(terminal: Terminal, style: "green" | "red" | "yellow" | "dim" | "bold", text: string): string {
  return terminal.colour ? styleText(style, text) : text;
}

/** Virtual time for people: `198.7 ms`, `2.5 s`. */
export function showTime(timeUs: number): string {
  return timeUs < 1_000_000 ? `${(timeUs / 1000).toFixed(1)} ms` : `${(timeUs / 1_000_000).toFixed(3)} s`;
}
