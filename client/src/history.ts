/** What a person typed lately, proposed again. */
import type * as vscode from "vscode";

const KEPT = 12;

/** Remembers inputs per kind (`key`, `value`, …) in the workspace's memory, newest first. */
export class History {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  /** The inputs of a kind, newest first. */
  of(kind: string): readonly string[] {
    const kept: unknown = this.#memento.get(`raftlab.history.${kind}`);
    return Array.isArray(kept) ? kept.filter((item): item is string => typeof item === "string") : [];
  }

  /** Puts an input in front. */
  add(kind: string, input: string): void {
    const kept = [input, ...this.of(kind).filter((item) => item !== input)].slice(0, KEPT);
    void this.#memento.update(`raftlab.history.${kind}`, kept);
  }
}
