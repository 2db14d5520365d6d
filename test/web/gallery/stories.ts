/** Scenarios that the gallery is taken of. */

/** Five servers with a bit of everything: elections, writes, a partition, a refused vote, a crash, watches, a lease, notes. */
export const GALLERY = `cluster {
  nodes s1..s5
  clients alice bob
}

scenario "a bit of everything" {
  seed 11
  note "s1 stands for election and is elected"
  timeout s1
  await leader == s1 within 500ms
  bob watch fruit/ prefix as w
  alice put fruit/apple "red"
  alice put fruit/banana "yellow"
  note "the leader s1 is cut off with s2: what it takes now cannot be committed"
  partition {s1 s2} | {s3 s4 s5}
  async alice put fruit/cherry "lost?" at s1
  await leader in {s3 s4 s5} within 3s
  bob put fruit/apple "green"
  note "healed: s1 learns of the new term and steps down"
  heal
  await converged within 3s
  crash s4
  clock s2 drift 1%
  disk s3 slow 20ms
  bob get fruit/apple
  alice put fruit/date "brown"
  restart s4
  wait 500ms
}
`;

/** Names, keys, values and notes full of markup and of mermaid's syntax. */
export const HOSTILE_TEXTS = [
  '<img src=x onerror=\\"document.title=1\\">',
  "</script><script>document.title=1</script>",
  "end; participant x as y; loop forever",
  "%%{init: {'theme':'forest'}}%%",
  "s1->>s2: fake",
  "{{2+2}} #35; &lt;b&gt; $$x$$",
  "‮gnp.exe",
  "颜色；红",
] as const;

/** A scenario made of {@link HOSTILE_TEXTS}. */
export const HOSTILE = `cluster {
  nodes s1..s3
  clients alice
}

scenario "<b>hostile</b> %%{init}%% </script>" {
  seed 3
  await leader within 2s
${HOSTILE_TEXTS.map((text) => `  note "${text}"\n  alice put "${text}" "${text}"`).join("\n")}
  wait 300ms
}
`;

/** Some 12,000 events. */
export const LONG = `cluster {
  nodes s1..s5
  clients alice bob
}

scenario "a long run" {
  seed 5
  workload w for 18s { clients 2; keys k1..k9; rate 20/s; mix put 60% get 40% }
  wait 2s
  crash leader for 1s
  wait 5s
  partition {s1 s2} | {s3 s4 s5} for 2s
  await w
}
`;
