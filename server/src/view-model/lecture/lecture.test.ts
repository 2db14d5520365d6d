import { describe, expect, it } from "vitest";
import type { EventView } from "../../protocol/event-view.js";
import { placeAmong } from "./notes.js";
import { type Names, spokenOf } from "./spoken.js";

const NAMES: Names = {
  servers: ["s1", "s2", "s3", "s12"],
  clients: ["alice", "bob"],
  keys: ["color", "app/x"],
  leader: "s2",
};

function event(at: string | null, category: EventView["category"]): EventView {
  return { id: 1, timeUs: 1, category, at, title: "", reason: null, cause: null, line: null, fields: [] };
}

describe("what a note speaks of", () => {
  it("is what its text names, as whole words", () => {
    expect(spokenOf("s12 and alice: term 3, entry 4 and index 7; color stays", NAMES, [])).toEqual({
      by: "named",
      servers: ["s12"],
      clients: ["alice"],
      terms: [3],
      indices: [4, 7],
      keys: ["color"],
    });
    expect(spokenOf("as1 s1x colors malice", NAMES, []).by).toBe("nothing");
    expect(spokenOf("s1..s3 stay together", NAMES, []).servers).toEqual(["s1", "s2", "s3"]);
    expect(spokenOf("节点s1在任期3中写入app/x，条目 5 已提交", NAMES, [])).toMatchObject({
      servers: ["s1"],
      terms: [3],
      indices: [5],
      keys: ["app/x"],
    });
  });

  it("is the leader where the text says leader, but not an old one", () => {
    expect(spokenOf("The leader commits.", NAMES, []).servers).toEqual(["s2"]);
    expect(spokenOf("The old leader is back.", NAMES, []).servers).toEqual([]);
    expect(spokenOf("There is no leader.", NAMES, []).servers).toEqual([]);
    expect(spokenOf("The leader commits.", { ...NAMES, leader: null }, []).servers).toEqual([]);
  });

  it("is otherwise where something happens until the next note, messages and disks aside", () => {
    const until = [event("s3", "fault"), event("s1", "message"), event("s2", "disk"), event("bob", "client")];
    expect(spokenOf("Watch now.", NAMES, until)).toMatchObject({ by: "touched", servers: ["s3"], clients: ["bob"] });
  });

  it("is nothing where everything happens everywhere", () => {
    const until = NAMES.servers.map((server) => event(server, "role"));
    expect(spokenOf("Watch now.", NAMES, until).by).toBe("nothing");
    expect(spokenOf("Term 2.", NAMES, until)).toMatchObject({ by: "named", servers: [], terms: [2] });
  });
});

describe("a lecture's place", () => {
  const notes = [5, 9, 20].map((eventId) => ({ eventId, timeUs: eventId, text: `note ${eventId}`, line: null }));

  it("is the last note so far, with its neighbours", () => {
    expect(placeAmong(notes, 4)).toMatchObject({ at: -1, note: null, previous: null, next: notes[0], count: 3 });
    expect(placeAmong(notes, 9)).toMatchObject({ at: 1, note: notes[1], previous: notes[0], next: notes[2] });
    expect(placeAmong(notes, 12)).toMatchObject({ at: 1, note: notes[1], previous: notes[1], next: notes[2] });
    expect(placeAmong(notes, 99)).toMatchObject({ at: 2, next: null });
    expect(placeAmong([], 3)).toMatchObject({ at: -1, note: null, next: null, count: 0 });
  });
});
