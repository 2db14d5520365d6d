/** Microseconds of virtual time per second: etcd counts leases in whole seconds. */
export const SECOND_US = 1_000_000;

/** Seconds of a TTL, rounded up. */
export function wholeSeconds(us: number): number {
  return Math.ceil(us / SECOND_US);
}
