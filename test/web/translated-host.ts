/**
 * Stands between a panel and its host and takes the letters out of all that the lab says in words, as if it spoke Chinese:
 * what is English in the panel then is the panel's own.
 */
import type { FromWebview, ToWebview } from "../../server/src/protocol/webview.js";
import type { Host } from "./page.js";

/** Members that hold words for people, steps, keys and values. */
const WORDS = new Set([
  "title",
  "reason",
  "text",
  "label",
  "message",
  "value",
  "key",
  "pending",
  "keys",
  "alarms",
  "question",
  "headline",
  "because",
  "mechanics",
]);

/** A host whose words are all one Chinese character. */
export class TranslatedHost implements Host {
  readonly #inner: Host;

  constructor(inner: Host) {
    this.#inner = inner;
  }

  get send(): (message: ToWebview) => void {
    return this.#inner.send;
  }

  set send(send: (message: ToWebview) => void) {
    this.#inner.send = (message) => send(translated(message) as ToWebview);
  }

  receive(message: FromWebview): void {
    this.#inner.receive(message);
  }
}

function translated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== "object" || value === null) return value;
  const members: [string, unknown][] = Object.entries(value);
  const isField = members.length === 2 && "name" in value && "value" in value;
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (Array.isArray(member) && WORDS.has(name)) return [name, member.map((each) => worded(String(each)))];
      if (typeof member !== "string") return [name, translated(member)];
      if (name === "mermaid") return [name, member.replace(/: .*$/gm, ": 文")];
      return [name, WORDS.has(name) || (isField && name === "name") ? worded(member) : member];
    }),
  );
}

function worded(text: string): string {
  return text.replace(/\p{Script=Latin}+/gu, "文");
}
