import type { LeaseId } from "../kv/request.js";
import type { SimServer } from "./server.js";

/** Bits of a lease's id: server (7), how often it was started (8), count (16). */
const COUNT = 1 << 16;
const STARTS = 1 << 8;

/**
 * An id for a lease that a client did not choose: of its server, of this start of it, and counted, so that no two servers and
 * no two starts choose the same (etcd: pkg/idutil, with the time instead of the starts).
 */
export function nextLeaseId(server: SimServer): LeaseId {
  for (;;) {
    server.leaseCount = (server.leaseCount + 1) % COUNT;
    const id = (server.id * STARTS + (server.incarnation % STARTS)) * COUNT + server.leaseCount;
    if (id > 0 && server.machine.leases.get(id) === null) return id;
  }
}
