import { describe, expect, it } from "vitest";
import { escapeData } from "../../../server/src/protocol/player-file.js";
import { pageHtml } from "./page.js";

const page = (messages: Readonly<Record<string, string>>, title = "Raft") =>
  pageHtml({
    kind: "cluster",
    title,
    translation: { language: "zh-cn", messages },
    policy: "default-src 'none'; script-src 'nonce-abc'",
    kept: { sessionId: "a", view: { text: "</script><!--" } },
    nonce: "abc",
    resource: (file) => `https://files.example/${file}`,
  });

describe("a panel's page", () => {
  it("says its language, and has the messages before its code", () => {
    const html = page({ Servers: "节点" });
    expect(html).toContain('<html lang="zh-cn">');
    const data = html.indexOf('<script type="application/json" id="messages">{"Servers":"节点"}</script>');
    expect(data).toBeGreaterThan(0);
    expect(html.indexOf('src="https://files.example/cluster.js"')).toBeGreaterThan(data);
  });

  it("lets no text end an element or begin a comment", () => {
    const hostile = '</script><!--<script>alert(1)</script>"';
    const html = page({ [hostile]: hostile }, '"><script>alert(1)</script>');
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
    expect(html).not.toContain("<!--");
    expect(JSON.parse(escapeData({ [hostile]: hostile }))).toEqual({ [hostile]: hostile });
  });
});
