import { expect, test } from "vitest";
import { runText } from "../../../test/support/scenarios.js";
import { clusterAt } from "./cluster-view.js";
import { entryDetails } from "./entry-details.js";

const TEXT = `cluster { nodes s1..s3; clients alice }
scenario "a" {
  timeout s1
  await leader == s1 within 2s
  alice put color "red"
  wait 60ms
  crash s3
  alice put color "blue"
  wait 60ms
}
`;

test("an entry's story: who asked, what it made, when each server had it, on disk, committed", () => {
  const { recording } = runText(TEXT);
  const { log } = recording;
  const story = entryDetails(recording, log.count - 1, "s1", 2);
  if (typeof story === "string") throw new Error(story);
  expect(story).toMatchObject({ index: 2, term: 1, text: 'put color "red"', revision: 2, truncated: false });
  expect(story.operation).toMatchObject({ number: 1, client: "alice" });
  expect(story.servers.map(({ server, holds }) => `${server} ${holds}`)).toEqual(["s1 entry", "s2 entry", "s3 entry"]);
  for (const { server, appended, durable, committed } of story.servers) {
    const id = recording.world.endpointNamed(server);
    const moments = [appended, durable, ...(server === "s3" ? [] : [committed])];
    for (const moment of moments) expect(moment === null ? null : log.at(moment.eventId), server).toBe(id);
    expect(appended?.eventId ?? 0).toBeLessThan(durable?.eventId ?? 0);
    expect(log.kind(durable?.eventId ?? -1)).toBe("durable");
    if (server !== "s3") expect(log.kind(committed?.eventId ?? -1)).toBe("commit");
  }
  // The leader's own no-op came with its election.
  const first = entryDetails(recording, log.count - 1, "s1", 1);
  if (typeof first === "string") throw new Error(first);
  expect(log.kind(first.servers[0]?.appended?.eventId ?? -1)).toBe("transition");
  // s3 was down when the third one came.
  const third = entryDetails(recording, log.count - 1, "s1", 3);
  expect(typeof third === "string" ? [] : third.servers.map(({ holds }) => holds)).toEqual([
    "entry",
    "entry",
    "nothing",
  ]);
});

test("what is not there is said", () => {
  const { recording } = runText(TEXT);
  expect(entryDetails(recording, recording.log.count - 1, "s1", 99)).toBe("s1 has no entry 99 at this moment.");
  expect(entryDetails(recording, recording.log.count - 1, "s9", 1)).toBe("There is no server s9.");
});

test("logs and keys by pages", () => {
  const steps = Array.from({ length: 30 }, (_, at) => `  alice put k${String(at).padStart(2, "0")} "v"\n`).join("");
  const { recording } = runText(
    `cluster { nodes s1..s3; clients alice }\nscenario "a" {\n  await leader within 2s\n${steps}  wait 60ms\n}\n`,
  );
  const last = recording.log.count - 1;
  const page = clusterAt(recording, last, { logWindow: 10, logEnd: 20, keysAfter: "k24" });
  expect(page.logRange).toEqual({ from: 11, to: 20, last: 31 });
  for (const { log, kv, moreKeys } of page.servers) {
    expect(log.map(({ index }) => index)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect([kv.map(({ key }) => key), moreKeys]).toEqual([["k25", "k26", "k27", "k28", "k29"], 0]);
  }
  expect(clusterAt(recording, last, { logWindow: 10, logEnd: 3 }).logRange).toEqual({ from: 1, to: 10, last: 31 });
});
