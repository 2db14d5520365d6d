import { describe, expect, it } from "vitest";
import type { RunSource } from "./exports.js";
import { ENGLISH_PLAYER, playerHtml } from "./player-file.js";

const TEMPLATE = `<html lang="raftlab-slot:language"><title>raftlab-slot:title</title>
<script type="application/json" id="run">raftlab-slot:run</script>
<script type="application/json" id="messages">raftlab-slot:messages</script></html>`;

const source = (title: string): RunSource => ({
  kind: "run",
  title,
  file: title,
  text: title,
  scenario: title,
  seed: 1,
  settings: [],
  live: null,
  state: { kind: "finished", verdict: "pass" },
  events: 1,
  traceHash: "0123456789abcdef",
  cursor: null,
});

describe("the file that plays a run", () => {
  it("holds the run's source and the translations as data", () => {
    const html = playerHtml(TEMPLATE, source("a"), { language: "zh-cn", messages: { Why: "为什么" } });
    expect(html).toContain('<html lang="zh-cn"><title>a</title>');
    expect(html).toContain('id="messages">{"Why":"为什么"}</script>');
    const data = /id="run">(.*)<\/script>/.exec(html)?.[1] ?? "";
    expect(JSON.parse(data)).toEqual(source("a"));
  });

  it("lets no text end an element, begin another, or stand in for a slot", () => {
    const hostile = `</script><!--<script>$& $1 raftlab-slot:messages "quoted"`;
    const html = playerHtml(TEMPLATE, source(hostile), ENGLISH_PLAYER);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html).not.toContain("<!--");
    const data = /id="run">(.*)<\/script>/.exec(html)?.[1] ?? "";
    expect(JSON.parse(data)).toEqual(source(hostile));
  });
});
