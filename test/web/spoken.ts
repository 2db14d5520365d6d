/** All that people read or hear of a page: texts, names and tooltips, also within the controls' shadow trees. */
import type { Page } from "playwright-core";

/** Every text once. */
export async function spokenTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const attributes = ["aria-label", "title", "label", "aria-valuetext", "aria-description", "placeholder", "alt"];
    const found = new Set<string>();
    const walk = (node: Node): void => {
      if (node instanceof Text) {
        found.add(node.data.trim());
        return;
      }
      if (node instanceof HTMLScriptElement || node instanceof HTMLStyleElement || node instanceof SVGStyleElement)
        return;
      if (node instanceof Element) {
        for (const name of attributes) found.add(node.getAttribute(name)?.trim() ?? "");
        if (node.shadowRoot !== null) walk(node.shadowRoot);
      }
      for (const child of node.childNodes) walk(child);
    };
    walk(document.body);
    return [...found].filter((text) => text !== "");
  });
}

/** Words that are the same in every language. */
const SAME = [
  // Names: servers, clients, messages, files, formats.
  /\bs\d+\b/g,
  /\b(?:alice|bob)\b/g,
  /\b(?:Request|Pre|Append|Install|Read|Timeout|Client|Watch|Heart)[A-Z]?\w*/g,
  /\bRaft\b/g,
  /\b(?:mermaid|markdown|svg|png|fsync|matchIndex|nextIndex)\b/gi,
  /[.](?:mmd|md)\b/g,
  // Words of the language, and etcd's.
  /\b(?:put|get|delete|crash|partition|error compacted|ok)\b/g,
  // Units, keys, hashes.
  /(?<=\d) ?(?:ms|s|µs|us)\b/g,
  /\b(?:Shift|Space|Home|End|Page ?Up|Page ?Down|Escape|Backspace)\b/g,
  /（(?:Shift\+)?[A-Z]）/g,
  /\b[0-9a-f]{16}\b/g,
];

/** Texts with a Latin word that is not the same in every language. */
export function englishIn(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => /[A-Za-z]{2,}/.test(SAME.reduce((rest, same) => rest.replace(same, ""), text)));
}
