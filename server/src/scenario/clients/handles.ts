import type { LeaseId, Revision } from "../../kv/request.js";
import { t } from "../../l10n/text.js";
import type { World } from "../../sim/world.js";
import type { ConditionContext } from "../operands.js";
import type { Handle, Ownership, RunningLease } from "../scope.js";
import { type Resolved, resolved, unresolved } from "../scope.js";

/** The id of the lease that a name stands for: a lease, or the one of a lock or an election. */
export function leaseNamed({ scope }: ConditionContext, name: string): Resolved<LeaseId> {
  const handle = scope.handles.get(name);
  const lease = leaseOf(handle);
  if (lease === null) return unresolved(t("{0} is no lease", name));
  return lease.id === null ? unresolved(t("{0} has not been granted", name)) : resolved(lease.id);
}

/** The lease behind a handle, or `null`. */
export function leaseOf(handle: Handle | undefined): RunningLease | null {
  if (handle?.kind === "lease") return handle.lease;
  return handle?.kind === "owned" ? handle.owned.lease : null;
}

/** The key of a lock or an election, and the create revision with which it was acquired. */
export function ownedKey(
  { scope }: ConditionContext,
  name: string,
): Resolved<{ readonly key: string; readonly token: Revision }> {
  const handle = scope.handles.get(name);
  if (handle?.kind !== "owned") return unresolved(t("{0} is no lock and no election", name));
  const { key, token } = handle.owned;
  return token === 0 ? unresolved(t("{0} has not been acquired", name)) : resolved({ key, token });
}

/** Whether the holder of a lock or an election believes now to hold it: nothing has told it otherwise, and its lease should last. */
export function believesToHold(world: World, { released, lease, token }: Ownership): boolean {
  return token > 0 && !released && lease !== null && !lease.gone && world.nowUs < lease.lastsUntilUs;
}
