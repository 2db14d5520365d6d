import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { code, fenced, plain, table } from "./markdown.js";

describe("Markdown of any text", () => {
  it("leaves ordinary words as they are", () => {
    const text = 's1 leads (term 2), at 12.4 ms: expected put x "two" - found no-op; it\'s 3/5';
    expect(plain(text)).toBe(text);
  });

  it("lets nothing be a heading, a list, a link, an icon, a mention or HTML", () => {
    expect(plain("# title")).toBe("\\# title");
    expect(plain("- item")).toBe("\\- item");
    expect(plain("12. item")).toBe("12\u2060. item");
    expect(plain("![x](y)")).toBe("!\\[x\\](y)");
    expect(plain("https://evil.example and www.evil.example")).toBe("https\\://evil.example and www\\.evil.example");
    expect(plain(":smile: @someone #1")).toBe("\\:smile: \\@someone \\#1");
    expect(plain("<img src=x onerror=alert(1)> &lt;")).toBe("&lt;img src=x onerror=alert(1)&gt; &amp;lt;");
    expect(plain("a\n\n# b")).toBe("a ⏎ \\# b");
    expect(plain("a\u202eb\u0007")).toBe("a\ufffdb\ufffd");
  });

  it("keeps code within its ticks and its cell", () => {
    expect(code("a|b")).toBe("`a\\|b`");
    expect(code("a`b``c")).toBe("```a`b``c```");
    expect(code("`a`")).toBe("`` `a` ``");
    expect(code("")).toBe("");
  });

  it("ends no fence within", () => {
    expect(fenced("```\n<b>\n````", "text")).toBe("`````text\n```\n<b>\n````\n`````");
  });

  it("makes no row or cell more than was given, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const cell of [plain(text), code(text)]) {
          expect(cell).not.toMatch(/[\r\n\u2028\u2029]/);
          const [, , row = ""] = table(["a"], [[cell]]).split("\n");
          expect(row.replace(/\\\\/g, "").match(/(?<!\\)\|/g)).toHaveLength(2);
        }
        expect(plain(text)).not.toContain("<");
      }),
    );
  });
});
