import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  accept,
  askedPapers,
  branchAbove,
  excluding,
  handlersOf,
  handlingRefusal,
  handlingUnitOf,
  isHandled,
  missingListProblem,
  missingReasonMaxLength,
  returnWithList,
  visitStands,
} from "#shared/domain/acceptance.ts";
import type { Application, EventType, Status } from "#shared/domain/application.ts";
import { transitions } from "#shared/domain/lifecycle.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase, commonPolicy, monday, organisation, staff } from "#test/support/cases.ts";

const staffId = "spring-h" as StaffId;
const now = instant("2026-07-21T01:00:00Z");
const handling = { staffId, now, policy: commonPolicy };

const inAcceptance = (changes: Partial<Application> = {}): Application =>
  aCase(1, {
    status: "in_acceptance",
    tier: "station",
    atUnitId: "spring" as UnitId,
    decidedBy: {},
    ...changes,
  });

const visited = { type: "visited", detail: { confirmed: true } } as const;
const moved = { type: "information_given", detail: { visitAgain: true } } as const;
const papersOnly = { type: "information_given", detail: { newPapers: 1 } } as const;

test("accepted, a case waits for its home visit, and its handler can't decide it any more", () => {
  const taken = accept(inAcceptance(), handling, []);
  expect(taken).toMatchObject({
    kind: "step",
    step: {
      after: {
        status: "in_verification",
        tier: "station",
        excluded: [staffId],
        // Five working days for visit and initial review: Tuesday the 28th is the last.
        deadlineAt: "2026-07-28T16:00:00.000Z",
      },
      event: {
        type: "accepted",
        actor: { kind: "staff", staffId },
        detail: { answersVersion: 1, needsVisit: true },
      },
    },
  });
});

test("what the rules refuse needs no visit; nor does what was visited and is still lived in", () => {
  const refused = inAcceptance({ recommendation: "refuse" });
  expect(accept(refused, handling, [])).toMatchObject({
    step: { after: { status: "in_approval" } },
  });
  expect(accept(inAcceptance(), handling, [visited, papersOnly])).toMatchObject({
    step: { after: { status: "in_approval" }, event: { detail: { needsVisit: false } } },
  });
  expect(accept(inAcceptance(), handling, [visited, moved])).toMatchObject({
    step: { after: { status: "in_verification" } },
  });
});

test("a visit stands until address or household change, and a new one stands again", () => {
  expect(visitStands([])).toBe(false);
  expect(visitStands([papersOnly])).toBe(false);
  expect(visitStands([visited])).toBe(true);
  expect(visitStands([visited, papersOnly])).toBe(true);
  expect(visitStands([visited, moved])).toBe(false);
  expect(visitStands([visited, moved, visited])).toBe(true);
});

const anyStatus = fc.constantFrom(
  ...new Set(Object.values(transitions).flatMap(({ from }) => from)),
);

test("law: nothing is accepted or returned by a handler but what is before handlers, and nobody is excluded twice", () => {
  fc.assert(
    fc.property(anyStatus, fc.array(fc.constantFrom("a", "b", "spring-h")), (status, earlier) => {
      const excluded = [...new Set(earlier)] as StaffId[];
      const application = inAcceptance({ status, excluded });
      const accepted = accept(application, handling, []);
      expect(accepted.kind).toBe(status === "in_acceptance" ? "step" : "refused");
      const returned = returnWithList(application, handling, { papers: [], reason: "x" }, monday);
      expect(returned.kind).toBe(isHandled(status) ? "step" : "refused");
      for (const taken of [accepted, returned]) {
        if (taken.kind === "refused") continue;
        const { excluded: after } = taken.step.after;
        expect(new Set(after).size).toBe(after.length);
        expect(after).toEqual(expect.arrayContaining([...excluded, staffId]));
      }
    }),
  );
});

test("returned, the case says exactly which papers are missing; the words are confidential", () => {
  const until = instant("2026-08-04T16:00:00Z");
  const list = { papers: ["id_cards", "hukou_book"], reason: "身份证照片看不清" };
  const taken = returnWithList(inAcceptance(), handling, list, until);
  expect(taken).toMatchObject({
    kind: "step",
    step: {
      after: { status: "needs_information", deadlineAt: until, excluded: [staffId] },
      event: {
        type: "returned",
        detail: { papers: "id_cards,hukou_book" },
        confidential: { reason: "身份证照片看不清" },
      },
    },
  });
  if (taken.kind === "step") expect(askedPapers([taken.step.event])).toEqual(list.papers);
});

const waitEvent = (type: EventType, from: Status, detail = {}) => ({
  type,
  from,
  to: "needs_information" as const,
  detail,
});

test("the papers asked for are those of the present wait: an earlier list is answered, an extension adds nothing", () => {
  const first = waitEvent("returned", "in_acceptance", { papers: "id_cards" });
  const extended = waitEvent("extended", "needs_information");
  expect(askedPapers([])).toEqual([]);
  expect(askedPapers([first, extended])).toEqual(["id_cards"]);
  expect(askedPapers([first, waitEvent("returned", "in_approval")])).toEqual([]);
  expect(askedPapers([first, waitEvent("appeal_upheld", "under_appeal")])).toEqual([]);
});

test("a list says what to do, not too long, and names only papers that the programme asks for", () => {
  const listed = ["id_cards"];
  const problem = (papers: string[], reason: string) =>
    missingListProblem({ papers, reason }, listed);
  expect(problem(["id_cards"], "请补")).toBeNull();
  expect(problem([], "地址有误")).toBeNull();
  expect(problem(["id_cards"], "")).toBe("reason_required");
  expect(problem([], "x".repeat(missingReasonMaxLength))).toBeNull();
  expect(problem([], "x".repeat(missingReasonMaxLength + 1))).toBe("reason_too_long");
  expect(problem(["passport"], "请补")).toBe("paper_not_listed");
});

const city = {
  ...organisation,
  staff: [
    ...organisation.staff,
    staff("spring-h", "spring", { roles: ["handler"], identity: "h" as BlindIndex }),
    staff("east-h", "east", { roles: ["handler"] }),
    staff("steel-h", "steel", { roles: ["handler"] }),
    staff("left", "spring", { roles: ["handler"], active: false }),
  ],
};
const person = (id: string) => city.staff.find((one) => one.id === id)!;

test("handlers see to the cases of their office and of those below it, and of no other branch", () => {
  const application = inAcceptance();
  expect(handlingRefusal(city, application, person("spring-h"))).toBeNull();
  expect(handlingRefusal(city, application, person("east-h"))).toBeNull();
  expect(handlingRefusal(city, application, person("steel-h"))).toBe("not_your_branch");
  expect(handlingRefusal(city, application, person("spring-1"))).toBe("not_your_branch");
  expect(handlingRefusal(city, application, person("left"))).toBe("not_your_branch");
  expect(handlingRefusal(city, { ...application, unitId: null }, person("east-h"))).toBe(
    "not_your_branch",
  );
});

test("nobody handles a case of their own, or one that they entered", () => {
  const own = inAcceptance({ persons: ["h" as BlindIndex] });
  expect(handlingRefusal(city, own, person("spring-h"))).toBe("own_case");
  expect(handlingRefusal(city, inAcceptance({ enteredBy: staffId }), person("spring-h"))).toBe(
    "own_case",
  );
  expect(handlingRefusal(city, own, person("east-h"))).toBeNull();
});

test("an office without handlers is seen to by the nearest above that has some", () => {
  const names = (unitId: string) => branchAbove(city, unitId as UnitId).map(({ id }) => id);
  expect(names("furnace")).toEqual(["furnace", "steel", "metal", "city"]);
  expect(handlingUnitOf(city, "spring" as UnitId)?.id).toBe("spring");
  expect(handlingUnitOf(city, "furnace" as UnitId)?.id).toBe("steel");
  expect(handlingUnitOf(city, "metal" as UnitId)).toBeUndefined();
  expect(handlersOf(city, "spring" as UnitId).map(({ id }) => id)).toEqual(["spring-h"]);
});

test("a ring of offices, which no admin page lets anyone make, ends all the same", () => {
  const [one, other] = [organisation.units[1]!, organisation.units[2]!];
  const ring = {
    units: [
      { ...one, parentId: other.id },
      { ...other, parentId: one.id },
    ],
    staff: [],
  };
  expect(branchAbove(ring, one.id).map(({ id }) => id)).toEqual([one.id, other.id]);
});

test("those who may not decide are kept once each, the earlier first", () => {
  const ids = ["a", "b"] as StaffId[];
  expect(excluding({ excluded: ids }, ["b", "c"] as StaffId[])).toEqual(["a", "b", "c"]);
});
