import { worldConfig } from "../../server/src/scenario/world-config.js";
import type { WorldConfig } from "../../server/src/sim/config.js";
import { scenarioOf } from "./scenarios.js";

/** The settings of a world of `servers` servers and one client, as a cluster block without any other setting has them. */
export function worldConfigOf(servers: number, settings = "", seed = 1): WorldConfig {
  const names = servers === 1 ? "s1" : `s1..s${servers}`;
  const { scenario } = scenarioOf(`cluster {\n  nodes ${names}\n${settings}\n}\n\nscenario "world" {\n  wait 1ms\n}\n`);
  return worldConfig(scenario.config, scenario.given, seed);
}
