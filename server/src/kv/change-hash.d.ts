import type { Change } from "./change.js";
/** The digest of a store's changes up to and with `change`, from the one before it. */
export declare function changeHash(before: number, change: Change): number;
