/** All diagnostics in one table. */

import type { AnyDefinition } from "./definition.js";
import { ETCD } from "./etcd.js";
import { GIVEN } from "./given.js";
import { LOST_QUORUM } from "./lost-quorum.js";
import { MACHINES } from "./machines.js";
import { MANUAL } from "./manual.js";
import { MEMBERSHIP } from "./membership.js";
import { NAMES } from "./names.js";
import { NEVER_HOLDS } from "./never-holds.js";
import { NO_USE } from "./no-use.js";
import { RAFT } from "./raft.js";
import { SERVER } from "./server.js";
import { SYNTAX } from "./syntax.js";

/** Every diagnostic of the language, by code. */
export const DIAGNOSTICS: readonly AnyDefinition[] = [
  SYNTAX,
  NAMES,
  RAFT,
  GIVEN,
  MACHINES,
  MANUAL,
  LOST_QUORUM,
  MEMBERSHIP,
  NEVER_HOLDS,
  NO_USE,
  ETCD,
]
  .flatMap((group): readonly AnyDefinition[] => Object.values(group))
  .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));

/** Every diagnostic that has a page: those, and the language server's own. */
export const ALL_DIAGNOSTICS: readonly AnyDefinition[] = [...DIAGNOSTICS, ...Object.values(SERVER)];
