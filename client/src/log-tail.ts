/** The last lines of the log, for a report: an output channel cannot be read back. */
import type * as vscode from "vscode";

const KEPT = 200;
const LONGEST = 2_000;

/** Remembers what is written to a channel; of a warning its first part, since what follows may be a person's own. */
export class LogTail {
  /** The channel to write to from now on. */
  readonly channel: vscode.LogOutputChannel;
  readonly #lines: string[] = [];

  constructor(channel: vscode.LogOutputChannel) {
    const keep = (line: unknown): void =>
      this.#keep(String(line instanceof Error ? (line.stack ?? line.message) : line));
    const heard = new Set<string | symbol>(["append", "appendLine", "info", "warn", "error"]);
    this.channel = new Proxy(channel, {
      get: (target, name): unknown => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return (...parts: unknown[]): unknown => {
          if (heard.has(name)) for (const part of name === "warn" ? parts.slice(0, 1) : parts) keep(part);
          return Reflect.apply(value, target, parts);
        };
      },
    });
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  #keep(line: string): void {
    this.#lines.push(line.trimEnd().slice(0, LONGEST));
    if (this.#lines.length > KEPT) this.#lines.shift();
  }
}
