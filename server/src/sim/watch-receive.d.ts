import type { ClientProcess } from "./client.js";
import type { Kernel } from "./kernel.js";
import type { WatchPong, WatchResponse } from "./message.js";
/** What reaches a client on its watches (etcd: clientv3/watch.go, run and serveSubstream). */
/** A response reaches its client. A gap in the connection makes it open the watch anew, from the first revision it has not seen. */
export declare function receiveWatchResponse(kernel: Kernel, client: ClientProcess, message: WatchResponse, sendEvent: number): void;
/** The answer to a ping: the connection is there, or it is not, or its last responses never came. */
export declare function receiveWatchPong(kernel: Kernel, client: ClientProcess, message: WatchPong, sendEvent: number): void;
