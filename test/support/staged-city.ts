/**
 * A city in the middle of its work: cases in every state that a page shows, and the people who look at them, signed
 * in. For whoever looks at pages: the browser tests and the screenshots. Runs without vitest.
 */
import { approveAdvance, payCase } from "#infra/local/demo/fast-track.ts";
import { acceptAtDesk, handlerAt } from "#infra/local/demo/handler.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { linkFor } from "#infra/local/demo/approver.ts";
import { createVisitor, formTo, formWith, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Status } from "#shared/domain/application.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { startDraft, type Draft } from "./applicant.ts";
import { applyWith, caseOf, decideAt, linkOf, startCity, until } from "./city.ts";
import {
  anAssembledBatch,
  asFarAsCode,
  aSentBatch,
  giveReturnAtDesk,
  returnOf,
  signIn,
} from "./desk.ts";
import { orderByHand } from "./fund-orders.ts";

export interface StagedCity {
  readonly city: Embedded;
  readonly cases: Readonly<
    Record<
      | "refusedByBank"
      | "paid"
      | "rejected"
      | "appealed"
      | "withdrawn"
      | "advanced"
      | "noticed"
      | "returned"
      | "returnedByHandler"
      | "before"
      | "accepted"
      | "arrived"
      | "payable",
      Applied
    >
  >;
  readonly draft: Draft;
  readonly batches: Readonly<Record<"closed" | "sent" | "assembled", BatchId>>;
  /** Paths of approvers' links by what they show. */
  readonly links: Readonly<
    Record<"open" | "decided" | "ended" | "appeal" | "district" | "setPin", string>
  >;
  readonly people: Readonly<
    Record<
      | "stranger"
      | "approver"
      | "handler"
      | "finance"
      | "authoriser"
      | "administrator"
      | "auditor"
      | "reviewer"
      | "half",
      Visitor
    >
  >;
  /** The applicant of a case, signed in. */
  readonly applicantOf: (applied: Applied) => Promise<Visitor>;
}

/** What the people here type beside their answers. */
export const typedAtStage = {
  rejection: "收入情况核实不符",
  appeal: "认定的收入算错了，去年十月以后已经停工。",
  bank: "户名与账号不符",
  approverAsks: "请补充住院发票",
  handlerAsks: "请补充录取通知书的清楚照片。",
  visit: ["社区网格员", "申请人本人", "住房、人口和收入与申报一致。"],
} as const;

const stateIs = (city: Embedded, applied: Applied, status: Status): Promise<void> =>
  until(`a case is ${status}`, async () => (await caseOf(city, applied)).status === status);

const pathOfLink = (link: string): string => new URL(link).pathname;

/** The link on which a tier is to decide now; earlier ones of the same case are in the mailbox too. */
const presentLink = async (city: Embedded, applied: Applied, tier: Tier): Promise<string> => {
  const { round } = await caseOf(city, applied);
  return linkFor(() => city.mailbox.mails(), applied.applicationId, tier, round);
};

/** Cases of one season, approved by their station; their notices run side by side. */
const stationCases = async (city: Embedded, count: number): Promise<readonly Applied[]> => {
  const cases: Applied[] = [];
  for (let number = 0; number < count; number += 1) {
    cases.push(await applyWith(city, "golden-autumn"));
  }
  for (const applied of cases) await decideAt(city, applied, "station");
  return cases;
};

const endNotice = async (city: Embedded, applied: Applied): Promise<void> => {
  const { noticeEndsAt, status } = await caseOf(city, applied);
  if (status !== "reserved" && noticeEndsAt !== null && noticeEndsAt > city.clock.now()) {
    await city.clock.advanceTo(noticeEndsAt);
  }
  await stateIs(city, applied, "reserved");
};

/** A case paid, and the batch it was in. */
const playPaid = async (city: Embedded) => {
  const [paid] = await stationCases(city, 1);
  if (!paid) throw new Error("nobody applied");
  await decideAt(city, paid, "district");
  await endNotice(city, paid);
  const officer = await signIn(city, "finance");
  const authoriser = await signIn(city, "authoriser");
  const closed = await aSentBatch(city, officer, authoriser, "central");
  await giveReturnAtDesk(city, officer, closed, await returnOf(city, closed));
  await stateIs(city, paid, "paid");
  return { paid, closed };
};

const withdraw = async (city: Embedded, applied: Applied): Promise<void> => {
  const { visitor } = await follow(city.url, applied);
  const page = await visitor.get(paths.withdraw(applied.applicationId));
  await visitor.send(page, formTo(page, "/withdraw"), { confirm: "yes" });
  await stateIs(city, applied, "withdrawn");
};

/** Two refused by the district, one of them appealed; one before it, and one that was withdrawn from it. */
const playDistrict = async (city: Embedded) => {
  const [rejected, appealed, before, withdrawn] = (await stationCases(city, 4)) as [
    Applied,
    Applied,
    Applied,
    Applied,
  ];
  const decided = await presentLink(city, before, "station");
  for (const applied of [rejected, appealed]) {
    await decideAt(city, applied, "district", { kind: "reject", reason: typedAtStage.rejection });
    await stateIs(city, applied, "rejected");
  }
  const { visitor } = await follow(city.url, appealed);
  const form = await visitor.get(paths.appeal(appealed.applicationId));
  await visitor.send(form, formTo(form, "/appeal"), { words: typedAtStage.appeal });
  const ended = await linkOf(city, withdrawn, "district");
  await withdraw(city, withdrawn);
  const links = { decided, ended, district: await linkOf(city, before, "district") };
  return { cases: { rejected, appealed, withdrawn }, links };
};

const burntOut = (city: Embedded): Promise<Applied> =>
  applyWith(city, "emergency", {
    example: "11:",
    answers: { eventDate: city.clock.now().slice(0, 10) },
  });

/** An advance that is paid, its papers outstanding. */
const playAdvanced = async (city: Embedded): Promise<Applied> => {
  const applied = await burntOut(city);
  await approveAdvance(city, applied.applicationId, demoPin);
  await payCase(city, applied.applicationId);
  await stateIs(city, applied, "needs_information");
  return applied;
};

/** What an approver or a handler asks for more about. */
const playReturned = async (city: Embedded) => {
  const returned = await applyWith(city, "critical-illness");
  await decideAt(city, returned, "station", { kind: "return", reason: typedAtStage.approverAsks });
  const returnedByHandler = await applyWith(city, "golden-autumn");
  await stateIs(city, returnedByHandler, "in_acceptance");
  const handler = await handlerAt(city, "chunfeng-handler-1@example.org");
  const page = await handler.get(paths.desk("handling", returnedByHandler.applicationId));
  await handler.send(page, formTo(page, "/return"), { reason: typedAtStage.handlerAsks });
  await stateIs(city, returnedByHandler, "needs_information");
  return { returned, returnedByHandler };
};

const playHandled = async (city: Embedded) => {
  const [arrived, accepted] = [
    await applyWith(city, "golden-autumn"),
    await applyWith(city, "golden-autumn"),
  ];
  for (const applied of [arrived, accepted]) await stateIs(city, applied, "in_acceptance");
  const handler = await handlerAt(city, "chunfeng-handler-1@example.org");
  await acceptAtDesk(handler, accepted.applicationId);
  return { arrived, accepted };
};

/** An advance that the bank refused, one that waits for the bank, one for the second person, and one for a batch. */
const playBatches = async (city: Embedded) => {
  const officer = await signIn(city, "finance");
  const authoriser = await signIn(city, "authoriser");
  const advance = async () => {
    const applied = await burntOut(city);
    await approveAdvance(city, applied.applicationId, demoPin);
    return applied;
  };
  const refusedByBank = await advance();
  const refused = await aSentBatch(city, officer, authoriser, "union");
  const answer = await returnOf(city, refused, () => ["失败", typedAtStage.bank]);
  await giveReturnAtDesk(city, officer, refused, answer);
  await stateIs(city, refusedByBank, "payment_failed");
  await advance();
  const sent = await aSentBatch(city, officer, authoriser, "union");
  await advance();
  const assembled = await anAssembledBatch(city, officer, "union");
  const payable = await advance();
  return { sent, assembled, payable, refusedByBank };
};

/** A link to set a PIN, asked for just now: it lasts ten minutes. */
export const setPinLink = async (city: Embedded): Promise<string> => {
  const visitor = createVisitor(city.url);
  const ask = await visitor.get(paths.pin);
  await visitor.send(ask, formWith(ask, "email"), { email: "city-1@example.org" });
  const [mail] = city.mailbox.mails({ to: "city-1@example.org" });
  return pathOfLink(/https?:\S+\/pin\/\S+/u.exec(mail?.text ?? "")?.[0] ?? city.url);
};

/** An approver who has opened the whole case with the PIN. */
const openedBy = async (city: Embedded, link: string): Promise<Visitor> => {
  const visitor = createVisitor(city.url);
  const page = await visitor.get(link);
  await visitor.send(page, formWith(page, "action", "open"), { pin: demoPin });
  return visitor;
};

/** Plays everything, what takes days first. Takes about 15 seconds. */
export const stageCity = async (
  options: Parameters<typeof startCity>[0] = {},
): Promise<StagedCity> => {
  const city = await startCity(options);
  const { closed, paid } = await playPaid(city);
  const district = await playDistrict(city);
  const advanced = await playAdvanced(city);
  const { payable, refusedByBank, ...batches } = await playBatches(city);
  const returns = await playReturned(city);
  const handled = await playHandled(city);
  const noticed = await applyWith(city, "golden-autumn");
  await decideAt(city, noticed, "station");
  const before = await applyWith(city, "golden-autumn", { unitId: "qiushi" });
  const openLink = pathOfLink(await linkOf(city, before, "station"));
  const { tier } = await caseOf(city, district.cases.appealed);
  const appeal = await presentLink(city, district.cases.appealed, tier ?? "city");
  const setPin = await setPinLink(city);
  const draft = await startDraft(city, "critical-illness");
  const handler = await handlerAt(city, "chunfeng-handler-1@example.org");
  const people = {
    stranger: createVisitor(city.url),
    approver: await openedBy(city, openLink),
    handler,
    finance: await signIn(city, "finance"),
    authoriser: await signIn(city, "authoriser"),
    administrator: await signIn(city, "admin"),
    auditor: await signIn(city, "auditor"),
    reviewer: await signIn(city, "reviewer"),
    half: await asFarAsCode(city, "auditor@example.org"),
  };
  await orderByHand(people.administrator, "income", "union", {
    voucher: "CZ-2026-8",
    amount: "5000.00",
  });
  return {
    city,
    cases: {
      paid,
      refusedByBank,
      ...district.cases,
      advanced,
      ...returns,
      ...handled,
      noticed,
      before,
      payable,
    },
    draft,
    batches: { closed, ...batches },
    links: {
      open: openLink,
      decided: pathOfLink(district.links.decided),
      ended: pathOfLink(district.links.ended),
      district: pathOfLink(district.links.district),
      appeal: pathOfLink(appeal),
      setPin,
    },
    people,
    applicantOf: async (applied) => (await follow(city.url, applied)).visitor,
  };
};
