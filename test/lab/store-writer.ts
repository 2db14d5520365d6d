/**
 * A process that changes a store as fast as it can, until it is killed: `node store-writer.js FOLDER NAME SEED`. It says `opens`, then `do …`
 * before each change and `ok` when that is durable, both with the system's monotonic clock; on SIGTERM it closes the store. Sessions it finds it changes and deletes like its own.
 */
import process from "node:process";
import { SessionStore } from "../../server/src/lab/store.js";

const [folder = "", name = "", seed = "1"] = process.argv.slice(2);
const MOST = 60;

let state = Number(seed);
/** Numbers from 0 to `below`, the same for a seed: Park and Miller's generator. */
function random(below: number): number {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say("opens");
const store = await SessionStore.open({ folder, onMessage: (message) => say(`message ${message}`) });
let closing = false;
process.on("SIGTERM", () => {
  closing = true;
});

for (let count = 0; !closing; count += 1) {
  const { records } = store;
  const old = records[random(Math.max(1, records.length))];
  const what =
    old === undefined ? "put" : records.length >= MOST ? "delete" : ["put", "put", "update", "delete"][random(4)];
  const id = what === "put" || old === undefined ? `${name}-${count}` : old.info.id;
  say(`do ${process.hrtime.bigint()} ${id} ${what === "delete" ? "gone" : count}`);
  if (what === "delete") store.delete(id);
  else if (what === "update") store.update(id, { term: count }, random(2) === 0 ? "now" : "later");
  else {
    store.put({
      info: {
        id,
        kind: "run",
        uri: null,
        title: name,
        seed: 1,
        startedAt: "2026-01-01T00:00:00.000Z",
        state: { kind: "cancelled" },
        timeUs: 0,
        events: 0,
        traceHash: null,
        cursor: null,
        pace: null,
        leader: null,
        term: count,
        servers: [],
        clients: [],
      },
      text: "x".repeat(random(8000)),
      scenario: null,
      live: null,
    });
  }
  await store.flush();
  say(`ok ${process.hrtime.bigint()}`);
}
await store.close();
