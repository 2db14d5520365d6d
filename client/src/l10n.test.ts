import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

function read(file: string): Record<string, string> {
  return JSON.parse(readFileSync(path.join(root, file), "utf8")) as Record<string, string>;
}

/** Every literal handed to `vscode.l10n.t` in the extension. */
function usedMessages(): Set<string> {
  const used = new Set<string>();
  const files = readdirSync(path.join(root, "client/src"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))) {
    const source = readFileSync(path.join(root, "client/src", file), "utf8");
    const calls = [...source.matchAll(/l10n\s*\.t\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/gu)];
    expect(calls.length, `${file}: l10n.t takes literals only`).toBe([...source.matchAll(/l10n\s*\.t\(/gu)].length);
    for (const [, literal = ""] of calls) {
      const json = literal.startsWith("'") ? `"${literal.slice(1, -1).replaceAll('"', '\\"')}"` : literal;
      used.add(String(JSON.parse(json)));
    }
  }
  return used;
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{\d+\}/gu)].map(([all]) => all).sort();

describe("translations", () => {
  it.each(["l10n/bundle.l10n.json", "l10n/bundle.l10n.zh-cn.json"])("%s has exactly the messages in use", (file) => {
    expect(Object.keys(read(file)).sort()).toEqual([...usedMessages()].sort());
  });

  it("keeps the placeholders of every message", () => {
    for (const [english, chinese] of Object.entries(read("l10n/bundle.l10n.zh-cn.json"))) {
      expect(placeholders(chinese), english).toEqual(placeholders(english));
    }
  });

  it("translates every text of the manifest, and nothing else", () => {
    const manifest = readFileSync(path.join(root, "package.json"), "utf8");
    const used = [...new Set([...manifest.matchAll(/"%([^%"]+)%"/gu)].map(([, key]) => key))].sort();
    expect(Object.keys(read("package.nls.json")).sort()).toEqual(used);
    expect(Object.keys(read("package.nls.zh-cn.json")).sort()).toEqual(used);
  });
});
