import { expectTypeOf, test } from "vitest";
import type { DiagramFilter, DiagramWindow, WhySubject } from "../protocol/requests.js";
import type { OperationInfo, ViolationInfo } from "../protocol/session.js";
import type { ClusterView, DiagramView, EventView, TimelineView, WhyView } from "../protocol/views.js";
import type { ClusterPicture } from "./cluster-view.js";
import type { Diagram, DiagramFilter as Filter, DiagramWindow as Window } from "./diagram.js";
import type { OperationText } from "./export.js";
import type { Subject } from "./subject.js";
import type { Timeline } from "./timeline.js";
import type { EventText, Mark } from "./view.js";
import type { WhyChain } from "./why.js";

test("what the engine makes is what the protocol sends: the lab adds the session and passes it on", () => {
  expectTypeOf<EventText>().toExtend<EventView>();
  expectTypeOf<WhyChain>().toExtend<WhyView>();
  expectTypeOf<ClusterPicture>().toExtend<Omit<ClusterView, "sessionId">>();
  expectTypeOf<Timeline>().toExtend<Omit<TimelineView, "sessionId">>();
  expectTypeOf<Diagram>().toExtend<Omit<DiagramView, "sessionId">>();
  expectTypeOf<OperationText>().toExtend<OperationInfo>();
  expectTypeOf<ViolationInfo>().toExtend<Mark>();
  expectTypeOf<DiagramFilter>().toExtend<Filter>();
  expectTypeOf<DiagramWindow>().toExtend<Window>();
  expectTypeOf<WhySubject>().toExtend<Subject>();
});
