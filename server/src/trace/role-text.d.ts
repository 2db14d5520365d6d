import type { RoleText } from "./view.js";
/** A role with its term: `leader of term 2`. */
export declare function roleOfTerm(role: RoleText, term: number): string;
/** A role that begins in a term: `candidate in term 2`, but `leader of term 2`. */
export declare function roleInTerm(role: RoleText, term: number): string;
/** The role behind its code in a reason or trace word, with its article. */
export declare function roleText(code: number): string;
