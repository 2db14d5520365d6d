/** What the parts of the panel can ask for; the drawing functions know nothing else of the world. */
import type { CursorMove, LiveControl, WhySubject } from "../../server/src/protocol/requests.js";
import type { EventId } from "../../server/src/protocol/session.js";
import type { MessageInFlight } from "../../server/src/protocol/views.js";
import type { Span } from "../../server/src/view-model/timeline/geometry.js";
import type { SectionName, Selection } from "./model.js";
import type { PictureForm, PictureName } from "./pictures.js";

/** Actions of the panel, bound to its controller. */
export interface Actions {
  select(selection: Selection | null): void;
  /** Picks a message and asks why it was sent. */
  pickMessage(message: MessageInFlight): void;
  move(move: CursorMove): void;
  why(title: string, eventId: EventId, about?: WhySubject): void;
  forgetWhy(): void;
  dismiss(): void;
  reveal(line: number): void;
  control(control: LiveControl): void;
  act(step: string): void;
  startLive(): void;
  toggleReplay(): void;
  setReplayPace(pace: number): void;
  zoom(span: Span | null): void;
  fold(section: SectionName, open: boolean): void;
  scrollList(top: number): void;
  loadPage(first: EventId): void;
  openDiagram(): void;
  savePicture(name: PictureName, form: PictureForm): void;
  tell(kind: "showLog" | "restartServer"): void;
  /** A key handler that acts on Enter and Space, for what SVG offers no button for. */
  onEnter(action: () => void): (event: KeyboardEvent) => void;
}
