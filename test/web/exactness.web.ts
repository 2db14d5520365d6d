/**
 * What stands in the panels equals what the lab says of the event, for random runs and cursors; and whoever follows a link
 * comes to the event that it names. That the lab says what the engine's state is, is held against it in test/trace.
 */
import fc from "fast-check";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ClusterView, ServerView } from "../../server/src/protocol/cluster-view.js";
import type { LabHost } from "./lab-host.js";
import { openPanel } from "./page.js";
import { host, rig, useLab, useRig } from "./stage.js";

useRig();
useLab();

/** A run of chance: faults and clients of the seed's choice. */
const troubled = (seed: number, servers: number) => `cluster {
  nodes s1..s${servers}
  clients alice bob
  snapshot every 8 entries
}

scenario "trouble" {
  seed ${seed}
  await leader within 3s
  workload w for 2s { clients 2; keys k1..k4; rate 30/s; mix put 60% get 30% delete 10% }
  nemesis n for 2s { every 100ms..300ms one of { crash any follower for 200ms; isolate leader for 250ms; disk any follower slow 20ms for 100ms } }
  await w
  await n
}
`;

interface Shown {
  readonly servers: readonly { name: string; role: string; term: string; status: string }[];
  readonly entries: readonly { text: string; stored: string; committed: boolean; applied: boolean; server: string }[];
  readonly keys: readonly string[];
  readonly messages: readonly string[];
  readonly title: string;
  readonly now: string;
}

/** What the page shows, read from it as it stands. */
function read(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    const words = (element: Element | null) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
    return {
      servers: all(".ring [data-server]").map((server) => ({
        name: server.getAttribute("data-server") ?? "",
        role: words(server.querySelector(".server-role")),
        term: words(server.querySelector(".server-term")),
        status: ["up", "down", "paused"].find((each) => server.classList.contains(each)) ?? "",
      })),
      entries: all(".logs button.entry").map((entry) => {
        const label = entry.getAttribute("aria-label") ?? "";
        return {
          server: label.split(",")[0] ?? "",
          text: /entry (\d+), term (\d+)/.exec(label)?.slice(1).join("/") ?? label,
          stored:
            ["durable", "volatile", "memory", "written", "unsynced"].find((each) => entry.classList.contains(each)) ??
            "",
          committed: entry.classList.contains("committed"),
          applied: entry.classList.contains("applied"),
        };
      }),
      keys: all(".kv tbody tr") // Rows without a value stand for keys that the last move took away.
        .filter((row) => row.querySelector("button.value") !== null)
        .map(words),
      messages: all(".ring .mark[data-message]").map((mark) => mark.getAttribute("data-message") ?? ""),
      title: words(document.querySelector(".words-title")),
      now: document.querySelector("[data-timeline]")?.getAttribute("aria-valuenow") ?? "",
    };
  });
}

function expected({ view, event }: Awaited<ReturnType<LabHost["clusterAt"]>>): Omit<Shown, "keys" | "entries"> {
  return {
    servers: view.servers.map(({ name, role, term, status }) => ({
      name,
      role: status === "up" ? role : status,
      term: `term ${term}`,
      status,
    })),
    messages: view.messages.map(({ eventId }) => `${eventId}`),
    title: event?.title ?? "",
    now: `${view.timeUs}`,
  };
}

const entriesOf = (server: ServerView) =>
  server.log.map(({ index, term, committed, applied }) => ({
    server: server.name,
    text: `${index}/${term}`,
    committed,
    applied,
  }));

const sorted = (texts: readonly string[]) => [...texts].sort();

function holds(shown: Shown, view: ClusterView): void {
  const inLogs = shown.entries.map(({ server, text, committed, applied }) => ({ server, text, committed, applied }));
  expect(inLogs).toEqual(view.servers.flatMap(entriesOf));
  const keys = [...new Set(view.servers.flatMap(({ kv }) => kv.map(({ key }) => key)))].sort();
  expect(shown.keys.length).toBe(keys.length);
  for (const [at, key] of keys.entries()) {
    const row = shown.keys[at] ?? "";
    expect(row.startsWith(key)).toBe(true);
    for (const { kv } of view.servers) {
      const pair = kv.find((each) => each.key === key);
      if (pair !== undefined) expect(row).toContain(`${pair.value} @${pair.modRevision}`);
    }
  }
}

test("the cluster panel shows what the engine's state is, at random places of random runs", async () => {
  const random = fc.sample(
    fc.tuple(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(3, 5),
      fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 12, maxLength: 12 }),
    ),
    { numRuns: 3, seed: 20261128 },
  );
  for (const [seed, servers, places] of random) {
    const session = await host.run({ text: troubled(seed, servers) }, "trouble");
    const { page, trouble } = await openPanel(rig, host, { panel: "cluster", width: 1400, height: 1000 });
    await page.waitForSelector(".ring [data-server=s1]");
    for (const place of places) {
      const eventId = Math.floor(place * session.events);
      const said = await host.clusterAt(eventId);
      await host.moveTo(eventId);
      await expect.poll(async () => (await read(page)).title).toBe(said.event?.title);
      await expect.poll(async () => (await read(page)).now).toBe(`${said.view.timeUs}`);
      // In quick succession the panel's parts take turns: all have come to the place soon.
      await page.waitForSelector("#app:not([data-behind])");
      const shown = await read(page);
      const wanted = expected(said);
      expect({ ...wanted, messages: sorted(wanted.messages) }).toEqual({
        servers: shown.servers,
        messages: sorted(shown.messages),
        title: shown.title,
        now: shown.now,
      });
      holds(shown, said.view);
    }
    expect(trouble).toEqual([]);
    await page.context().close();
  }
});
