/** The timeline with the real lab behind it: from a density to every single event, faults, notes, hand, wheel and keys. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildPanels } from "./build.js";
import { buildLab, LabHost } from "./lab-host.js";
import { type OpenPanel, openPanel, type Rig, settled, startRig } from "./page.js";

const STORY = `cluster {
  nodes s1..s5
  clients alice
}

scenario "story" {
  await leader within 2s
  note "A leader is there; alice writes through it."
  alice put color "red" => ok
  partition {s1 s2} | {s3 s4 s5} for 900ms
  wait 300ms
  crash s4 for 800ms
  note "Two faults at once: the majority has only two servers left."
  wait 1500ms
  pause s2 for 200ms
  alice put color "blue" => ok
  wait 1s
  expect s1.term > 90
}
`;

let rig: Rig;
let host: LabHost;

beforeAll(async () => {
  await buildPanels();
  await buildLab();
  rig = await startRig();
});

beforeEach(async () => {
  host = await LabHost.start();
});

afterEach(async () => host.dispose());

afterAll(async () => rig.close());

async function box({ page }: OpenPanel) {
  const found = await page.locator("[data-timeline] svg").first().boundingBox();
  if (found === null) throw new Error("no timeline");
  return found;
}

async function zoomIn(panel: OpenPanel, times: number, fraction = 0.5): Promise<void> {
  const { x, y, width } = await box(panel);
  await panel.page.mouse.move(x + width * fraction, y + 60);
  await panel.page.keyboard.down("Alt");
  for (let time = 0; time < times; time += 1) await panel.page.mouse.wheel(0, -240);
  await panel.page.keyboard.up("Alt");
}

for (const theme of ["dark", "light", "hc"] as const) {
  test(`far, middle and near, ${theme}`, async () => {
    await host.run({ text: STORY }, "story");
    const panel = await openPanel(rig, host, { panel: "cluster", theme, width: 1400, height: 900 });
    const { page, shot, trouble } = panel;
    await settled(page);
    await page.waitForSelector(".fault-text:has-text('partition')", { state: "attached" });
    await page.waitForSelector(".script-text.note", { state: "attached" });
    await shot(`timeline-far-${theme}`);
    await zoomIn(panel, 3, 0.3);
    await page.waitForSelector("[data-overview]");
    await settled(page);
    await shot(`timeline-middle-${theme}`);
    await zoomIn(panel, 4, 0.3);
    await page.waitForSelector(".event-sign.deliver", { state: "attached" });
    await settled(page);
    await shot(`timeline-near-${theme}`);
    expect(trouble).toEqual([]);
    await page.context().close();
  });
}

test("narrow", async () => {
  await host.run({ text: STORY }, "story");
  const panel = await openPanel(rig, host, { panel: "cluster", width: 360, height: 800 });
  await settled(panel.page);
  await panel.shot("timeline-narrow");
  await zoomIn(panel, 6, 0.3);
  await settled(panel.page);
  await panel.shot("timeline-narrow-near");
  await panel.page.context().close();
});
