/** The parameters of the requests in `protocol/bookmarks.ts`, checked where they enter the server. */
import type { ParamsOf } from "../lab/contract.js";
import type { putBookmarkRequest, removeBookmarkRequest } from "../protocol/bookmarks.js";
import { type Fields, given } from "./fields.js";

/** `raftlab/bookmarks/put` */
export function readPutBookmark(f: Fields): ParamsOf<typeof putBookmarkRequest> {
  return {
    sessionId: f.string("sessionId"),
    eventId: f.integer("eventId", 0),
    ...given("name", f.optionalString("name")),
  };
}

/** `raftlab/bookmarks/remove` */
export function readRemoveBookmark(f: Fields): ParamsOf<typeof removeBookmarkRequest> {
  return { sessionId: f.string("sessionId"), eventId: f.integer("eventId", 0) };
}
