import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { commandsPage } from "../../scripts/lib/commands-page.mjs";
import { currentNotices, noticesText, permitted, shippedPackages } from "../../scripts/lib/notices.mjs";
import { protocolFiles, protocolPage } from "../../scripts/lib/protocol-page.mjs";
import { rulesPage } from "../../scripts/lib/rules-page.mjs";
import { samplesPage } from "../../scripts/lib/samples-page.mjs";
import { settingsPage } from "../../scripts/lib/settings-page.mjs";
import { selfContained } from "../../scripts/package.mjs";
import { RULE_OUTCOMES } from "../../server/src/language/vocabulary/rule-outcomes.js";
import { RULES } from "../../server/src/language/vocabulary/rules.js";
import { readResults } from "../explore/results-file.js";
import { sampleRows } from "./sample-rows.js";

const read = (file: string): string => readFileSync(path.resolve(file), "utf8");

describe("what is generated is current: run `node scripts/generate-docs.mjs` when this fails", () => {
  test("docs/commands.md", () => {
    const json = (file: string): Record<string, string> => JSON.parse(read(file));
    const manifest = JSON.parse(read("package.json"));
    expect(read("docs/commands.md")).toBe(
      commandsPage(manifest, json("package.nls.json"), json("package.nls.zh-cn.json")),
    );
  });

  test("docs/protocol.md", () => {
    expect(read("docs/protocol.md")).toBe(protocolPage((file) => read(`server/src/protocol/${file}`)));
  });

  test("docs/protocol.md tells of all files and of every message", () => {
    const sources = readdirSync("server/src/protocol").filter((file) => /^(?!.*[.]test[.]).*[.]ts$/.test(file));
    expect([...protocolFiles].sort()).toEqual(sources.sort());
    const page = read("docs/protocol.md");
    const methods = ["requests.ts", "tests.ts", "tasks.ts"].flatMap((file) =>
      [...read(`server/src/protocol/${file}`).matchAll(/"(raftlab\/[^"]+)"/g)].map(([, name]) => name),
    );
    expect(methods.length).toBeGreaterThan(20);
    for (const name of methods) expect(page).toContain(`#### \`${name}\`\n\n`);
    const undirected = page.match(/#### `raftlab[^`]*`\n\n(?!Client to server[.] |Server to client[.] ).*/g);
    expect(undirected).toBeNull();
  });

  test("docs/rules.md", () => {
    expect(read("docs/rules.md")).toBe(rulesPage(RULES, RULE_OUTCOMES, readResults()));
  });

  test("docs/settings.md", () => {
    expect(read("docs/settings.md")).toBe(settingsPage(read("package.json"), read("package.nls.json")));
  });

  test("samples/README.md", () => {
    expect(read("samples/README.md")).toBe(samplesPage(sampleRows()));
  });

  test("THIRD-PARTY-NOTICES.txt, and every licence in it permits what is done", async () => {
    const packages = await shippedPackages();
    expect(packages.filter(({ license }) => !permitted.includes(license))).toEqual([]);
    expect(currentNotices()).toBe(noticesText(packages));
  });
});

describe("the documents lead somewhere", () => {
  const documents = ["README.md", "CHANGELOG.md", ...markdownIn("docs"), "samples/README.md"];

  test.each(documents)("%s", (file) => {
    const links = [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
    const missing = links
      .filter((link) => !/^(\w+:|#)/.test(link))
      .filter((link) => !existsSync(path.join(path.dirname(file), link.replace(/#.*/, ""))));
    expect(missing).toEqual([]);
  });

  test("the README has its pictures, none of them is left over, and all are small", () => {
    const shown = [...read("README.md").matchAll(/!\[[^\]]+\]\(docs\/pictures\/([^)]+)\)/g)].map((match) => match[1]);
    expect(shown.length).toBeGreaterThan(3);
    expect(readdirSync("docs/pictures").sort()).toEqual(shown.sort());
    for (const file of shown) expect(statSync(`docs/pictures/${file}`).size).toBeLessThan(250 * 1024);
  });
});

test("the packed README leads nowhere that is not there, and is otherwise the same", () => {
  const packed = selfContained(read("README.md"));
  expect(packed).not.toMatch(/\]\((?!https?:)/);
  expect(packed).toContain("## What you can do");
  expect(packed).toContain("named in THIRD-PARTY-NOTICES.txt.");
  const https = "[a](https://example.org) ![b](https://example.org/b.png)\n";
  expect(selfContained(https)).toBe(https);
});

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `${folder}/${file}`);
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
}
