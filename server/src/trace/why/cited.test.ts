import { readFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { readMessages, useMessages } from "../../l10n/text.js";
import { REASON_CODES, reason } from "../../raft/reason.js";
import { sectionWords } from "../../view-model/why/paper.js";
import { reasonText } from "../reason-text.js";
import { cited, withSections } from "./cited.js";

afterEach(() => useMessages(null));

it("takes the sources out of a sentence, wherever they stand", () => {
  expect(cited("it votes (§5.2, §5.4.1)")).toEqual({ text: "it votes", sections: ["§5.2", "§5.4.1"] });
  expect(cited("a read (§8, D §6.4) waits (§8)")).toEqual({ text: "a read waits", sections: ["§8", "D §6.4"] });
  expect(cited("gone (Figure 2: state is durable before it is spoken)")).toEqual({
    text: "gone",
    sections: ["Figure 2"],
  });
  expect(cited("counted (etcd: lease/lessor.go, Promote)").sections).toEqual(["etcd: lease/lessor.go, Promote"]);
  expect(cited("a change (D §4.1, corrected in 2015)").sections).toEqual(["D §4.1"]);
  expect(cited("s1 (follower of term 2) waits")).toEqual({ text: "s1 (follower of term 2) waits", sections: [] });
});

it("puts them back at the end", () => {
  expect(withSections("it votes", ["§5.2", "§5.4.1"])).toBe("it votes (§5.2, §5.4.1)");
  expect(withSections("it votes", [])).toBe("it votes");
});

it("finds the same sources in both languages, and every section of the paper is explained", () => {
  const texts = () => REASON_CODES.map((code) => cited(reasonText(reason(code, 1, 1), (id) => `s${id}`)));
  const english = texts();
  useMessages(readMessages(JSON.parse(readFileSync("l10n/bundle.l10n.zh-cn.json", "utf8"))));
  const chinese = texts();
  for (const [place, code] of REASON_CODES.entries()) {
    expect(chinese[place]?.sections, code).toEqual(english[place]?.sections);
    expect(chinese[place]?.text, code).not.toMatch(/[(（](?:D )?§/);
    for (const mark of english[place]?.sections ?? []) {
      // What is etcd's doing has no title of its own.
      if (!mark.startsWith("etcd")) expect(sectionWords(mark).title, code).not.toBe(mark);
    }
  }
});
