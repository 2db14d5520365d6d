import type { LeaseId } from "../kv/request.js";
import type { SimServer } from "./server.js";
/**
 * An id for a lease that a client did not choose: of its server, of this start of it, and counted, so that no two servers and
 * no two starts choose the same (etcd: pkg/idutil, with the time instead of the starts).
 */
export declare function nextLeaseId(server: SimServer): LeaseId;
