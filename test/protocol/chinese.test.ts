/** A server that is started with the Chinese bundle speaks Chinese, and keeps the words of the language. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CodeAction, CompletionList, Hover, SignatureHelp } from "vscode-languageserver/node";
import { bundleText } from "../../scripts/lib/messages.mjs";
import { useMessages } from "../../server/src/l10n/text.js";
import { FIRST_FILE } from "../../server/src/language/fixtures/design-examples.js";
import { createNodeHost } from "../../server/src/lsp/node-host.js";
import { Editor } from "./editor.js";
import { FakeLab } from "./fake-lab.js";
import { find } from "./text.js";

const URI = "file:///lab/first.raftlab";
const MISSPELT = FIRST_FILE.replace("crash old", "crash s9");
const options = (locale: string, messages: unknown) => ({
  workspaceStorage: null,
  globalStorage: "/x",
  locale,
  messages,
});

describe("a server with the Chinese bundle", () => {
  let editor: Editor;

  beforeEach(async () => {
    const host = new FakeLab().host();
    const { diagnosticPage } = createNodeHost(host.createLab, "file:///extension/docs/");
    editor = await Editor.open({ ...host, diagnosticPage }, options("zh-cn", JSON.parse(bundleText("zh-cn"))));
  });

  afterEach(async () => {
    await editor.close();
    // The bundle is the process's, not the connection's.
    useMessages(null);
  });

  it("reports diagnostics in Chinese, and links to the Chinese page", async () => {
    await editor.openDocument(URI, MISSPELT);
    const [found] = await editor.diagnostics(URI);
    expect(found?.message).toBe("没有名为 `s9` 的节点、客户端或变量；是不是 `s1`？");
    expect(found?.codeDescription?.href).toBe(`file:///extension/docs/zh-cn/diagnostics/${found?.code}.md`);
  });

  it("reports syntax errors in Chinese", async () => {
    await editor.openDocument(URI, FIRST_FILE.replace("seed 7", "wait soon"));
    const [found] = await editor.diagnostics(URI);
    expect(found?.message).toBe("`wait` 后面应为时长，例如 `500ms`，但写的是 `soon`。");
  });

  it("names quick fixes in Chinese", async () => {
    await editor.openDocument(URI, MISSPELT);
    const diagnostics = await editor.diagnostics(URI);
    const range = diagnostics[0]?.range;
    const [fix] = await editor.ask<CodeAction[]>("textDocument/codeAction", URI, { range, context: { diagnostics } });
    expect(fix?.title).toBe("改为 `s1`");
  });

  it("explains words in Chinese: hover, completion and signature help", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    await editor.diagnostics(URI);
    const hover = await editor.ask<Hover>("textDocument/hover", URI, { position: find(FIRST_FILE, "heartbeat", 1, 2) });
    const text = JSON.stringify(hover.contents);
    expect(text).toContain("空闲的领导者多久发送一次 AppendEntries");
    expect(text).toContain("取值：时长。默认：`50ms`。");
    expect(text).toContain("Raft 论文 §5.2, §5.6");
    expect(text).toContain("heartbeat DURATION");

    const position = find(FIRST_FILE, "crash old");
    const list = await editor.ask<CompletionList>("textDocument/completion", URI, { position });
    const crash = list.items.find(({ label }) => label === "crash");
    expect(crash?.detail).toBe("crash SELECTOR [before PLACE] [after PLACE] [for DURATION]");
    expect(JSON.stringify(crash?.documentation)).toContain("节点停止，并丢失所有没有持久化的内容");
    expect(list.items.find(({ label }) => label === "split in two")?.detail).toBe("会自己修复的分区");

    const help = await editor.ask<SignatureHelp>("textDocument/signatureHelp", URI, {
      position: find(FIRST_FILE, "crash old", 1, 6),
    });
    expect(help.signatures[0]?.label).toBe("crash SELECTOR [before PLACE] [after PLACE] [for DURATION]");
    expect(JSON.stringify(help.signatures[0]?.documentation)).toContain("任期、选票和日志");
  });

  it("refuses a rename in Chinese", async () => {
    await editor.openDocument(URI, FIRST_FILE);
    await editor.diagnostics(URI);
    const position = find(FIRST_FILE, "let old", 1, 4);
    const refused = editor.ask("textDocument/rename", URI, { position, newName: "two words" });
    await expect(refused).rejects.toThrow("不是名称");
  });
});

describe("the page of a diagnostic", () => {
  const host = createNodeHost(new FakeLab().host().createLab, "file:///docs/");

  it.each([
    ["en", "file:///docs/diagnostics/RL1001.md"],
    ["zh-cn", "file:///docs/zh-cn/diagnostics/RL1001.md"],
    ["zh-CN", "file:///docs/zh-cn/diagnostics/RL1001.md"],
    ["de", "file:///docs/diagnostics/RL1001.md"],
  ])("is that of the display language: %s", (locale, page) => {
    expect(host.diagnosticPage("RL1001", locale)).toBe(page);
  });

  it("is none where the documents did not ship", () => {
    expect(createNodeHost(new FakeLab().host().createLab, null).diagnosticPage("RL1001", "en")).toBeNull();
  });
});
