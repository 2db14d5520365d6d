import { search } from "../../server/src/explore/search.js";
import { rulesWithout } from "../../server/src/explore/setup.js";
import { timed, calibrate } from "../bench/measure.js";
const s = { rules: rulesWithout([]), servers: [3, 5], invariants: false };
search(s, 5, 1000000); calibrate();
for (let i = 0; i < 6; i++) { const c = calibrate(); const { value, seconds } = timed(() => search(s, i, 2000000)); const r = value.events / seconds; console.log((r / 1e6).toFixed(2), (c/1e6).toFixed(1), (r / ((c+calibrate())/2)).toFixed(3)); }
