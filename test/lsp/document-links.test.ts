import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyze } from "../../server/src/language/check.js";
import { documentLinks } from "../../server/src/lsp/document-links.js";

const TARGETS = { diagnostic: (code: string) => (code === "RL2020" ? `file:///docs/${code}.md` : null) };

/** The text under each link, and where it leads. */
function links(
  text: string,
  uri = "file:///samples/6-rules/a.raftlab",
): readonly (readonly [string, string | undefined])[] {
  const document = TextDocument.create(uri, "raftlab", 1, text);
  return documentLinks({ document, analysis: analyze(text) }, TARGETS).map(({ range, target }) => [
    document.getText(range),
    target,
  ]);
}

describe("document links", () => {
  it("lead from a comment to other scenario files, beside this one and elsewhere", () => {
    expect(
      links("# see b.raftlab, and ../3-replication/figure-8.raftlab.\ncluster { nodes s1..s3 } # c.raftlab\n"),
    ).toEqual([
      ["b.raftlab", "file:///samples/6-rules/b.raftlab"],
      ["../3-replication/figure-8.raftlab", "file:///samples/3-replication/figure-8.raftlab"],
      ["c.raftlab", "file:///samples/6-rules/c.raftlab"],
    ]);
  });

  it("lead from a note to a file and to the page of a diagnostic", () => {
    expect(links('scenario "a" { note "RL2020 explains it, b.raftlab shows it" }')).toEqual([
      ["RL2020", "file:///docs/RL2020.md"],
      ["b.raftlab", "file:///samples/6-rules/b.raftlab"],
    ]);
  });

  it("leave alone what only looks like one: unknown codes, steps, parts of words and addresses", () => {
    expect(links("# RL9999 xRL2020 RL20201 a.raftlabs https://example.org/a.raftlab\ncrash RL2020\n")).toEqual([]);
  });

  it("do not lead to a file from a document without a place", () => {
    expect(links("# b.raftlab and RL2020\n", "untitled:Untitled-1")).toEqual([["RL2020", "file:///docs/RL2020.md"]]);
  });
});
