/** A long file, as a benchmark and a stress for the server: many scenarios after one cluster. */

const SCENARIO = `
# A comment that explains what the scenario shows.
scenario "TITLE" {
  seed 7
  await leader
  let old = leader
  alice put color "red"         => ok
  async bob put /config/size 12 as w1
  crash old
  await leader within 2s
  expect leader != old
  bob get color                 => "red"
  partition {s1 s2} | {s3 s4 s5} for 200ms
  drop next 2 AppendEntries s1 -> s2
  await w1 => ok | timeout within 3s
  restart old
  expect all.commit == leader.commit within 1s
}
`;

/** A file of at least so many lines. */
export function longFile(lines: number): string {
  const parts = ["cluster {\n  nodes s1..s5\n  clients alice bob\n}\n"];
  const perScenario = SCENARIO.split("\n").length - 1;
  for (let i = 0; i * perScenario < lines; i++) parts.push(SCENARIO.replace("TITLE", `scenario ${i + 1}`));
  return parts.join("");
}
