import { expect, test } from "vitest";
import { demoApplicant } from "#infra/local/demo/people.ts";
import {
  mailInformationNeeded,
  mailOutcome,
  mailReceived,
  mailUpheld,
} from "#shared/casework/applicant-mail.ts";
import type { Application, EventType, Status } from "#shared/domain/application.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { CaseStore } from "#shared/ports/case-store.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { aCase } from "#test/support/cases.ts";

const { email } = demoApplicant(1);

/** What is sent for a case, by whichever of the three. */
const sentBy = async (
  send: typeof mailOutcome,
  application: Application,
  to = email,
  events: readonly EventType[] = [],
): Promise<readonly Mail[]> => {
  const mails: Mail[] = [];
  const mailer = {
    send: async (mail: Mail) => {
      mails.push(mail);
    },
  };
  const cases = { events: async () => events.map((type) => ({ type })) } as unknown as CaseStore;
  await send({ cases, mailer, siteUrl: "https://relief.example.org" }, application, to);
  return mails;
};

const submitted = aCase(1, { status: "submitted", tier: null, policyVersion: null });
const returned = aCase(2, {
  status: "needs_information",
  deadlineAt: instant("2026-08-03T16:00:00Z"),
});

test("each mail leads to the status page, names the case, and is the same mail when it is sent again", async () => {
  for (const [send, application] of [
    [mailReceived, submitted],
    [mailInformationNeeded, returned],
    [mailOutcome, aCase(3, { status: "reserved" })],
  ] as const) {
    const [mail] = await sentBy(send, application);
    expect(mail).toMatchObject({ to: email });
    expect(mail?.text).toContain("https://relief.example.org/status");
    expect(mail?.text).toContain(application.id);
    expect(await sentBy(send, application)).toEqual([mail]);
  }
});

test("whoever gave no address is not mailed", async () => {
  expect(await sentBy(mailReceived, submitted, "")).toEqual([]);
  expect(await sentBy(mailInformationNeeded, returned, "")).toEqual([]);
  expect(await sentBy(mailOutcome, aCase(3, { status: "rejected" }), "")).toEqual([]);
});

test("the receipt is for a case's first arrival; what comes back from its applicant was acknowledged before", async () => {
  expect(await sentBy(mailReceived, { ...submitted, policyVersion: "golden-autumn-2025" })).toEqual(
    [],
  );
});

test("every request for information is a mail of its own, with its last day", async () => {
  const [first] = await sentBy(mailInformationNeeded, returned);
  const [second] = await sentBy(mailInformationNeeded, { ...returned, version: 9 });

  expect(second?.id).not.toBe(first?.id);
  expect(first?.text).toContain("2026年8月3日");
  expect(await sentBy(mailInformationNeeded, { ...returned, deadlineAt: null })).toEqual([]);
});

test.each([
  ["rejected", "refused"],
  ["ineligible", "refused"],
  ["withdrawn", "withdrawn"],
  ["lapsed", "lapsed"],
  ["reserved", "approved"],
  ["batched", "approved"],
  ["paid", "approved"],
  ["recovery_due", "recovery_due"],
] as const satisfies readonly (readonly [Status, string])[])(
  "a case that is %s is told as %s",
  async (status, outcome) => {
    const [mail] = await sentBy(mailOutcome, aCase(4, { status }));
    expect(mail?.id).toBe(`outcome:${aCase(4).id}:1:${outcome}`);
  },
);

test("a refusal that a review led to is told as what it is, and a later one as a refusal again", async () => {
  const told = async (round: number, ...events: readonly EventType[]) => {
    const application = aCase(4, { status: "rejected", round });
    const [mail] = await sentBy(mailOutcome, application, email, events);
    return mail?.id.split(":").at(-1);
  };
  expect(await told(2, "rejected", "appealed", "appeal_dismissed")).toBe("appeal_dismissed");
  expect(await told(2, "objection_raised", "objection_upheld")).toBe("objection_upheld");
  expect(await told(2, "appealed", "appeal_upheld", "rejected")).toBe("refused");
  expect(await told(1, "rejected")).toBe("refused");
});

test("that an appeal was upheld is no outcome: it is told as being decided again", async () => {
  const application = aCase(6, { status: "in_approval", round: 2 });
  const [mail] = await sentBy(mailUpheld, application);

  expect(mail?.id).toBe(`outcome:${application.id}:2:appeal_upheld`);
  expect(mail?.text).toContain("重新审批");
  expect(mail?.text).not.toContain("办理完毕");
  expect(await sentBy(mailUpheld, application, "")).toEqual([]);
});

test("the reader's language is the one the application was made in", async () => {
  const [zh] = await sentBy(mailOutcome, aCase(5, { status: "paid" }));
  const [en] = await sentBy(mailOutcome, aCase(5, { status: "paid", locale: "en" }));

  expect(zh?.subject).toMatch(/\p{Script=Han}/u);
  expect(en?.subject).not.toMatch(/\p{Script=Han}/u);
});
