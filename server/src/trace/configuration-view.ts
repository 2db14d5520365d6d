import { initialConfiguration } from "../raft/configuration.js";
import type { Configuration, Index } from "../raft/types.js";
import type { SimServer } from "../sim/server.js";
import type { World } from "../sim/world.js";

/** The configuration that a server goes by: each uses the newest in its own log (§6). */
export interface ConfigurationPicture {
  /** Index of its entry; 0 for the one the cluster began with; a snapshot's last included index. */
  readonly index: number;
  /** Empty at a spare, which knows of no configuration yet. */
  readonly voters: readonly string[];
  /** The old voters while two configurations overlap; otherwise empty. */
  readonly outgoing: readonly string[];
  readonly learners: readonly string[];
}

/** The configuration that a server goes by; of one that is down, what its disk holds. */
export function configurationPicture(world: World, server: SimServer): ConfigurationPicture {
  const { raft } = server;
  const [index, configuration] = raft === null ? onDisk(world, server) : [raft.configurationIndex, raft.configuration];
  const names = (servers: readonly number[]): string[] => servers.map((id) => world.nameOf(id));
  const { voters, outgoing, learners } = configuration;
  return { index, voters: names(voters), outgoing: names(outgoing), learners: names(learners) };
}

function onDisk({ config }: World, { id, disk }: SimServer): readonly [Index, Configuration] {
  const { log, snapshot } = disk;
  for (let index = log.lastIndex; index >= log.firstIndex; index -= 1) {
    const entry = log.at(index);
    if (entry?.kind === "configuration") return [index, entry.configuration];
  }
  if (snapshot !== null) return [snapshot.lastIncludedIndex, snapshot.configuration];
  const { servers, spares, learners } = config;
  if (spares.includes(id)) return [0, initialConfiguration({ voters: [], learners: [] })];
  const all = servers.map((_, position) => position + 1);
  const voters = all.filter((each) => !spares.includes(each) && !learners.includes(each));
  return [0, initialConfiguration({ voters, learners })];
}
