/** What many watches cost a cluster of three servers. */
import { RaftNode } from "../../server/src/raft/node.js";
import { plainWatch } from "../../server/src/sim/watch-options.js";
import { Recording } from "../../server/src/trace/recording.js";
import { worldConfigOf } from "../support/worlds.js";
import { timed } from "./measure.js";

const SECOND_US = 1_000_000;
const CLIENT = 4;

/** Microseconds of processor time. */
export interface WatcherFigures {
  readonly watchers: number;
  /** To open one. */
  readonly open: number;
  /** From a put that all watch to its event at each of them, for each. */
  readonly event: number;
}

/** Opens so many watches of one key, and puts it so often. */
export function measureWatchers(watchers: number, puts: number): WatcherFigures {
  const config = worldConfigOf(3, "  client-timeout 60s");
  const recording = new Recording(config, (raft, durable) => new RaftNode(raft, durable));
  const { world, history } = recording;
  const runFor = (us: number): void => {
    const endUs = world.nowUs + us;
    for (let next = world.nextUs; next !== null && next <= endUs; next = world.nextUs) recording.step();
    recording.advanceTo(endUs);
  };
  runFor(SECOND_US);
  const opened = timed(() => {
    for (let watch = 0; watch < watchers; watch += 1) {
      const options = plainWatch({ key: "k" });
      recording.act({ kind: "watch", client: CLIENT, name: `w${watch}`, options, at: 1 }, 0, -1);
    }
    runFor(SECOND_US);
  });
  const served = timed(() => {
    for (let value = 0; value < puts; value += 1) {
      const body = { kind: "put", key: "k", value: String(value) } as const;
      recording.act({ kind: "invoke", client: CLIENT, body, at: null }, 0, -1);
      runFor(SECOND_US / 10);
    }
    runFor(SECOND_US);
  });
  const received = history.watches.reduce((sum, watch) => sum + watch.received.length, 0);
  if (received !== watchers * puts) throw new Error(`${received} events of ${watchers * puts} were received`);
  return {
    watchers,
    open: (opened.seconds * SECOND_US) / watchers,
    event: (served.seconds * SECOND_US) / (watchers * puts),
  };
}
