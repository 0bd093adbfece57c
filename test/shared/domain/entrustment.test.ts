import { expect, test } from "vitest";
import { entrustmentPaper, senderOf, withEntrustment } from "#shared/domain/entrustment.ts";
import type { StaffId } from "#shared/kernel/ids.ts";

const enteredBy = "spring-h" as StaffId;
const idCards = { kind: "id_cards", title: { zh: "身份证", en: "ID cards" }, required: false };

test("a case that an officer entered wants the worker's signed consents, first and always", () => {
  expect(withEntrustment({ enteredBy }, [idCards])).toEqual([entrustmentPaper, idCards]);
  expect(entrustmentPaper.required).toBe(true);
});

test("a worker's own application wants no such paper", () => {
  expect(withEntrustment({ enteredBy: null }, [idCards])).toEqual([idCards]);
});

test("the trail names who sent it, that the worker was present, and by what consent", () => {
  expect(senderOf({ enteredBy })).toEqual({
    actor: { kind: "staff", staffId: enteredBy },
    detail: { onBehalf: true, workerPresent: true, consent: "entrustment" },
  });
  expect(senderOf({ enteredBy: null })).toEqual({ actor: { kind: "applicant" }, detail: {} });
});
