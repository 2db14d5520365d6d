import type { KeyRange, KvRequest, LeaseId } from "./request.js";
/** A key as the language writes it: bare where that is possible. */
export declare function keyText(key: string): string;
/** A value in quotes; a long one is cut. */
export declare function valueText(value: string): string;
/** A lease's id as etcd writes it: in hexadecimal digits. */
export declare function leaseText(id: LeaseId): string;
/** `color`, `/config/ prefix`, `a to c`, `a from-key`. */
export declare function rangeText(range: KeyRange): string;
/** `put color "red"`, `get color serializable`, `lease grant 2a ttl 5s`, … */
export declare function requestText(request: KvRequest): string;
