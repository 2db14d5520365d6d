/** The translations are complete: every text for people that the source makes, and nothing else. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundleText, translations, usedMessages } from "../../scripts/lib/messages.mjs";
import { translatableTables } from "../../server/src/language/docs/translatable.js";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const parts = translations("zh-cn");
const { used, problems } = usedMessages();
const wanted = new Set([...used.keys(), ...translatableTables()]);

/** What a message must keep: places for arguments, and code, which is the same in every language. */
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/gu) ?? [])].sort();
const code = (text: string): string[] => [...new Set(text.match(/`[^`]+`/gu) ?? [])].sort();

describe("translations", () => {
  it("can be listed: messages are literals", () => {
    expect(problems).toEqual([]);
  });

  it("are there for every message", () => {
    const known = new Set(parts.flatMap(({ messages }) => Object.keys(messages)));
    expect(
      [...wanted].filter((message) => !known.has(message)).map((m) => `${used.get(m)?.[0] ?? "table"}: ${m}`),
    ).toEqual([]);
  });

  it.each(parts)("of $part are in use, and in no other part otherwise", ({ part, messages }) => {
    expect(Object.keys(messages).filter((message) => !wanted.has(message))).toEqual([]);
    const others = parts.filter((other) => other.part !== part);
    const twice = Object.keys(messages).filter((message) => others.some((other) => message in other.messages));
    expect(twice).toEqual([]);
  });

  it.each(parts)("of $part keep placeholders and code", ({ messages }) => {
    for (const [english, chinese] of Object.entries(messages)) {
      expect(placeholders(chinese), english).toEqual(placeholders(english));
      expect(code(chinese), english).toEqual(code(english));
    }
  });

  it.each(parts)("of $part are Chinese", ({ messages }) => {
    // What has no sentence in it, such as `{0}x`, reads the same.
    const words = (text: string): string => text.replace(/`[^`]*`|\{\d+\}|[^A-Za-z]/gu, "");
    const left = Object.entries(messages).filter(
      ([, chinese]) => !/\p{Script=Han}/u.test(chinese) && words(chinese) !== "",
    );
    expect(left).toEqual([]);
  });

  it("are in the bundle that ships", () => {
    expect(read("l10n/bundle.l10n.zh-cn.json")).toBe(bundleText("zh-cn"));
  });

  it("translate every text of the manifest, and nothing else", () => {
    const manifest = [...read("package.json").matchAll(/"%([^%"]+)%"/gu)].map(([, key]) => key);
    const keys = [...new Set(manifest)].sort();
    expect(Object.keys(JSON.parse(read("package.nls.json"))).sort()).toEqual(keys);
    expect(Object.keys(JSON.parse(read("package.nls.zh-cn.json"))).sort()).toEqual(keys);
  });
});
