/** Scenarios told for what the panels show of leases and broken machines. */

/** Two leases, one of them with keys; history is compacted, and the quota is used up. */
export const LEASES = `cluster {
  nodes s1..s3
  clients alice
  quota 600B
}

scenario "leases" {
  seed 1
  timeout s1
  await leader == s1 within 500ms
  lease grant l1 ttl 20s
  lease grant l2 ttl 5s
  alice put session/a "1" lease l1
  alice put session/b "2" lease l1
  alice compact rev 3
  wait 2s
  alice put big "${"x".repeat(900)}" => error no-space
  wait 1s
}
`;

/** One of everything that can be wrong with a machine. */
export const MACHINES = `cluster {
  nodes s1..s3
  learners s4
  spares s5
  clients alice
}

scenario "machines" {
  seed 1
  timeout s1
  await leader == s1 within 500ms
  await converged within 1s
  crash s4
  disk s4 corrupt
  clock s2 jump 500ms
  clock s2 drift 1%
  disk s2 slow 50ms
  disk s3 fail
  async alice put color "red" as write
  await s3 in down within 1s
  crash s2 before send AppendEntriesReply
}
`;
