import { reason } from "../raft/reason.js";
import type { Kernel } from "./kernel.js";
import type { WatchTask } from "./queue.js";
import type { SimServer } from "./server.js";
import { queueTask, syncWatches } from "./watch-notify.js";
import { respond } from "./watch-response.js";
import { hasRoom, type ServerWatch } from "./watch-table.js";

/** What a server does for its watches now and then, each only while there is a watch that it is for. */

/** Looks in a row without a leader after which watches end (etcd: etcdserver/api/v3rpc/interceptor.go, maxNoLeaderCnt). */
const LEADERLESS_LOOKS = 3;

/** Does what has come due; true when it had any effect. */
export function watchTaskDue(kernel: Kernel, server: SimServer, task: WatchTask): boolean {
  switch (task.kind) {
    case "sync":
      syncWatches(kernel, server);
      return true;
    case "leader":
      lookForLeader(kernel, server);
      return true;
    case "progress": {
      const watch = server.watches.get(task.watch);
      if (watch === undefined || watch.stream !== task.stream) return false;
      notifyProgress(kernel, server, watch);
      return true;
    }
  }
}

/** Has the next progress notification of a watch come due. */
export function queueProgress(kernel: Kernel, server: SimServer, { watch, stream, progressUs }: ServerWatch): void {
  queueTask(kernel, server, kernel.nowUs + progressUs, { kind: "progress", watch, stream });
}

/** Not while it is being caught up, and not where events have just told it (etcdserver/api/v3rpc/watch.go, sendLoop). */
function notifyProgress(kernel: Kernel, server: SimServer, watch: ServerWatch): void {
  queueProgress(kernel, server, watch);
  const { told } = watch;
  watch.told = false;
  if (told || watch.behind !== null || !hasRoom(watch)) return;
  const { revision } = server.machine.store;
  respond(kernel, server, watch, { revision }, -1, reason("watch-progress-due", revision));
}

/** Has the server look for a leader at the next multiple of its election timeout, if it does not already (etcd: monitorLeader). */
export function queueLeaderLook(kernel: Kernel, server: SimServer): void {
  const { watches } = server;
  if (watches.leaderQueued || !watches.needsLeader) return;
  watches.leaderQueued = true;
  const { min } = kernel.config.electionTimeout;
  queueTask(kernel, server, (Math.floor(kernel.nowUs / min) + 1) * min, { kind: "leader" });
}

/** Watches that asked for a leader end when there was none at several looks in a row: to connect anew costs, so not at once. */
function lookForLeader(kernel: Kernel, server: SimServer): void {
  const { watches, raft } = server;
  watches.leaderQueued = false;
  watches.leaderless = raft?.leader === 0 ? watches.leaderless + 1 : 0;
  if (watches.leaderless >= LEADERLESS_LOOKS) {
    const why = reason("watch-ended-no-leader", watches.leaderless);
    for (const watch of watches.list()) {
      if (!watch.options.requireLeader) continue;
      watches.remove(watch);
      const { revision } = server.machine.store;
      respond(kernel, server, watch, { revision, canceled: true, error: "no-leader" }, -1, why);
    }
    watches.leaderless = 0;
  }
  queueLeaderLook(kernel, server);
}
