/** What the parts of the panel can ask for; the drawing functions know nothing else of the world. */
import type { Bookmark } from "../../server/src/protocol/bookmarks.js";
import type { MessageInFlight } from "../../server/src/protocol/cluster-view.js";
import type { MessageFate } from "../../server/src/protocol/messages-under-way.js";
import type { CursorMove, LiveControl } from "../../server/src/protocol/requests.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { WhyQuestion, WhySubject } from "../../server/src/protocol/why.js";
import type { MatrixOrder } from "../../server/src/view-model/cluster/matrix.js";
import type { MenuDeed, MenuTarget } from "../../server/src/view-model/cluster/menu-item.js";
import type { TimelineFrame } from "../../server/src/view-model/timeline/geometry.js";
import type { Span } from "../../server/src/view-model/timeline/span.js";
import type { SectionName, Selection } from "./model.js";
import type { PictureForm, PictureName } from "./pictures.js";
import type { TimelineTouch } from "./timeline-input.js";

/** Actions of the panel, bound to its controller. */
export interface Actions {
  select(selection: Selection | null): void;
  /** Opens a context menu at a place of the window. */
  openMenu(target: MenuTarget, x: number, y: number): void;
  closeMenu(): void;
  /** Does what an entry of the menu of `target` stands for. */
  doDeed(deed: MenuDeed, target: MenuTarget): void;
  /** Does something with a message under way, named by its sending. */
  actOnMessage(eventId: EventId, copy: number, fate: MessageFate): void;
  /** Starts a live cluster that goes on from the moment shown. */
  branch(): void;
  /** Shows entries up to this index, the newest for `null`. */
  showLogs(end: number | null): void;
  /** Shows the keys behind this one, from the first for `null`. */
  showKeys(after: string | null): void;
  /** Puts the rows of the matrix in order. */
  order(order: MatrixOrder): void;
  /** Picks a message and asks why it was sent. */
  pickMessage(message: MessageInFlight): void;
  move(move: CursorMove): void;
  why(title: string, eventId: EventId, about?: WhySubject): void;
  /** Asks one of the questions that the panel offers. */
  ask(question: WhyQuestion): void;
  /** Back (-1) or forward (1) among the questions asked. */
  walkWhy(by: -1 | 1): void;
  forgetWhy(): void;
  copy(text: string): void;
  dismiss(): void;
  reveal(line: number): void;
  control(control: LiveControl): void;
  act(step: string): void;
  startLive(): void;
  toggleReplay(): void;
  setReplayPace(pace: number): void;
  zoom(span: Span | null): void;
  /** Zooms around the instant at a pixel of the timeline; changes of one frame add up. */
  zoomAt(x: number, frame: TimelineFrame, factor: number): void;
  touch(patch: Partial<TimelineTouch>): void;
  /** Sets a bookmark at the cursor, or takes the one there away. */
  toggleBookmark(): void;
  jumpToBookmark(direction: "next" | "previous"): void;
  startRenaming(bookmark: Bookmark): void;
  /** `null` leaves the name as it was. */
  renameBookmark(bookmark: Bookmark, name: string | null): void;
  removeBookmark(bookmark: Bookmark): void;
  toggleLecture(): void;
  /** Replays up to the next note, or ends that. */
  playToNextNote(): void;
  fold(section: SectionName, open: boolean): void;
  scrollList(top: number): void;
  loadPage(first: EventId): void;
  openDiagram(): void;
  openHistory(): void;
  savePicture(name: PictureName, form: PictureForm): void;
  tell(kind: "showLog" | "restartServer"): void;
  /** A key handler that acts on Enter and Space, for what SVG offers no button for. */
  onEnter(action: () => void): (event: KeyboardEvent) => void;
}
