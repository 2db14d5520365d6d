/** A text in quotes, as the language writes it. */
export function stringText(text: string): string {
  const escaped = text.replace(/["\\\n\t]|[^\P{Cc}]/gu, (found) => {
    const short = ESCAPES[found];
    return short ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  });
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" };
