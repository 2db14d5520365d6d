import { search } from "../../server/src/explore/search.js";
import { rulesWithout } from "../../server/src/explore/setup.js";
import { timed } from "../bench/measure.js";
const inv = process.argv[2] === "inv";
const s = { rules: rulesWithout([]), servers: [3, 5], invariants: inv };
search(s, 5, 1000000);
for (let i = 0; i < 3; i++) { const { value, seconds } = timed(() => search(s, i, 4000000)); console.log((value.events / seconds / 1e6).toFixed(2), value.found); }
