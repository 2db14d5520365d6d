/** Leases, watches, locks and elections, resolved. */

import { t } from "../../l10n/text.js";
import { ETCD } from "../diagnostics/etcd.js";
import { NAMES } from "../diagnostics/names.js";
import type { ClusterConfig, Micros, Operation, SessionClauses } from "../program.js";
import { childOf, clauseOf, hasWord, type SyntaxNode, spanOf } from "../syntax/tree.js";
import { formatDuration } from "../vocabulary/durations.js";
import { plainText, readQuantity } from "./literals.js";
import {
  bindAs,
  operandName,
  type Reading,
  readClauseDuration,
  readKey,
  readKeys,
  readRevision,
  reportExclusive,
  valuesAfter,
} from "./reading.js";
import { lowerValue } from "./values.js";

const SECOND = 1_000_000;

/** etcd's least TTL: one and a half times the election timeout, in whole seconds (server.go, minTTL). */
export function leastTtl(config: ClusterConfig): Micros {
  return Math.ceil((1.5 * config.electionTimeout.max) / SECOND) * SECOND;
}

/** A TTL as etcd grants it: whole seconds, at least {@link leastTtl}. */
export function grantedTtl(config: ClusterConfig, ttl: Micros): Micros {
  return Math.max(Math.ceil(ttl / SECOND) * SECOND, leastTtl(config));
}

/** A `ttl` clause; reports what etcd makes of it where that is not what it says. */
function readTtl(reading: Reading): Micros | null {
  const { scope, node } = reading;
  const ttl = readClauseDuration(reading, "ttl");
  const clause = clauseOf(node, "ttl");
  const literal = clause === undefined ? undefined : childOf(clause, "Literal");
  if (ttl === null || literal === undefined) return ttl;
  const whole = Math.ceil(ttl / SECOND) * SECOND;
  const least = leastTtl(scope.config);
  if (whole !== ttl) {
    const text = `${whole / SECOND}s`;
    const fixes = [{ title: t("Write `{0}`", text), edits: [{ span: spanOf(literal), newText: text }] }];
    scope.context.reporter.report(ETCD.ttlNotWhole, spanOf(literal), [formatDuration(ttl), text], { fixes });
  } else if (ttl < least) {
    scope.context.reporter.report(ETCD.ttlRaised, spanOf(literal), [formatDuration(ttl), formatDuration(least)]);
  }
  return ttl;
}

/** Resolves `lease …`. */
export function lowerLease(reading: Reading): Operation {
  const { scope, node } = reading;
  if (hasWord(node, "list")) return { kind: "lease-list" };
  const nameNode = operandName(node);
  if (hasWord(node, "grant")) return lowerGrant(reading, nameNode);
  const lease = scope.useHandle(nameNode, ["lease"]);
  if (hasWord(node, "ttl")) return { kind: "lease-ttl", lease, keys: hasWord(node, "keys") };
  if (hasWord(node, "keepalive")) return { kind: "lease-keepalive", lease, every: readEvery(reading, lease) };
  return { kind: hasWord(node, "stop") ? "lease-stop" : "lease-revoke", lease };
}

function lowerGrant(reading: Reading, nameNode: SyntaxNode | undefined): Operation {
  const { scope, node } = reading;
  if (clauseOf(node, "ttl") === undefined) {
    scope.context.reporter.report(NAMES.missingClause, spanOf(node), ["lease grant", t("a time to live: `ttl 5s`")]);
  }
  const ttl = readTtl(reading) ?? 0;
  const lease = plainText(nameNode);
  if (nameNode !== undefined) {
    scope.bindHandle(nameNode, "lease");
    scope.leaseTtls.set(lease, grantedTtl(scope.config, ttl));
  }
  return { kind: "lease-grant", lease, ttl, id: readId(reading) };
}

function readId({ scope, node }: Reading): number | null {
  const clause = clauseOf(node, "id");
  const literal = clause === undefined ? undefined : childOf(clause, "Literal");
  if (literal === undefined) return null;
  const id = readQuantity(scope.context, literal, "integer");
  if (id === 0) {
    scope.context.reporter.report(NAMES.wrongValue, spanOf(literal), ["id", t("a whole number greater than 0")]);
  }
  return id === 0 ? null : id;
}

/** `every D`, which has to be well below what the lease was granted for. */
function readEvery(reading: Reading, lease: string): Micros | null {
  const { scope, node } = reading;
  const every = readClauseDuration(reading, "every");
  const clause = clauseOf(node, "every");
  if (every === null || clause === undefined) return every;
  const ttl = scope.leaseTtls.get(lease);
  if (every === 0) {
    scope.context.reporter.report(NAMES.wrongValue, spanOf(clause), ["every", t("a duration such as `1s`")]);
  } else if (ttl !== undefined && every >= ttl) {
    scope.context.reporter.report(ETCD.keepaliveTooSlow, spanOf(clause), [
      formatDuration(every),
      lease,
      formatDuration(ttl),
    ]);
  }
  return every;
}

/** Resolves `watch`. */
export function lowerWatch(reading: Reading): Operation {
  const { node } = reading;
  const without = clauseOf(node, "without");
  return {
    kind: "watch",
    keys: readKeys(reading),
    fromRev: readRevision(reading, "from", () => t('etcd takes it for "from now on"')),
    prevKv: hasWord(node, "prev-kv"),
    without: without === undefined ? null : hasWord(without, "delete") ? "delete" : "put",
    progress: hasWord(node, "progress"),
    fragment: hasWord(node, "fragment"),
    requireLeader: hasWord(node, "require-leader"),
    handle: bindAs(reading, "watch", "watch", "w"),
  };
}

/** The clauses of a lock or a candidacy. */
function readSession(reading: Reading): SessionClauses {
  const { scope, node } = reading;
  const lease = clauseOf(node, "lease");
  if (lease !== undefined && clauseOf(node, "ttl") !== undefined) reportExclusive(reading, "`ttl`", "`lease`");
  return {
    ttl: readTtl(reading),
    lease: lease === undefined ? null : scope.useHandle(childOf(lease, "Name"), ["lease"]),
    within: readClauseDuration(reading, "within"),
  };
}

/** Resolves `lock`. */
export function lowerLock(reading: Reading): Operation {
  const name = readKey(reading);
  const clauses = readSession(reading);
  return { kind: "lock", name, handle: bindAs(reading, "lock", "lock", "k1"), ...clauses };
}

/** Resolves `campaign`. */
export function lowerCampaign(reading: Reading): Operation {
  const { scope, node } = reading;
  const name = readKey(reading);
  const value = lowerValue(scope, valuesAfter(node, childOf(node, "Key"))[0], node);
  const clauses = readSession(reading);
  return { kind: "campaign", name, value, handle: bindAs(reading, "campaign", "campaign", "c1"), ...clauses };
}

/** Resolves `proclaim`. */
export function lowerProclaim(reading: Reading): Operation {
  const { scope, node } = reading;
  const nameNode = operandName(node);
  const handle = scope.useHandle(nameNode, ["campaign"]);
  return { kind: "proclaim", handle, value: lowerValue(scope, valuesAfter(node, nameNode)[0], node) };
}

/** Resolves `observe`. */
export function lowerObserve(reading: Reading): Operation {
  return { kind: "observe", name: readKey(reading), handle: bindAs(reading, "observe", "observe", "o") };
}
