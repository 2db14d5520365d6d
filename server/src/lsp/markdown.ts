/** Pieces of Markdown for hovers. */
import type { Hover, MarkupContent } from "vscode-languageserver";

/** A text as code, whatever stands in it. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text.replace(/[\r\n]+/g, "⏎")}${space}${fence}`;
}

/** Text of a run without being taken for markup. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>|]/g, "\\$&");
}

/** A link that runs a command. */
export function commandLink(title: string, command: string, argument: object): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

/** The Markdown of a hover that this server made. */
export function markdownOf({ contents }: Hover): string {
  const is = (value: Hover["contents"]): value is MarkupContent => typeof value === "object" && "kind" in value;
  return is(contents) ? contents.value : "";
}
