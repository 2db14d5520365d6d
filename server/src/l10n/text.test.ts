import { afterEach, describe, expect, it } from "vitest";
import { fromTable, t, useMessages } from "./text.js";

afterEach(() => useMessages(null));

describe("texts for people", () => {
  it("are English without a bundle", () => {
    expect(t("{0} of {1} servers", 2, 3)).toBe("2 of 3 servers");
  });

  it("come from the bundle, which may order its arguments differently", () => {
    useMessages({ "{0} of {1} servers": "{1} 个节点中的 {0} 个" });
    expect(t("{0} of {1} servers", 2, 3)).toBe("3 个节点中的 2 个");
    expect(t("not in the bundle")).toBe("not in the bundle");
    useMessages(null);
    expect(t("{0} of {1} servers", 2, 3)).toBe("2 of 3 servers");
  });

  it("leave braces of the scenario language, and those in arguments, alone", () => {
    expect(t("write `cluster { … }` around {0}", "`{1}`")).toBe("write `cluster { … }` around `{1}`");
    expect(fromTable("write `{s1 s2}`")).toBe("write `{s1 s2}`");
  });
});
