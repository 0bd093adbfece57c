/** Holding payments of a programme or a case, and releasing what somebody else holds. */
import { heldNow, type HoldSubject, type PaymentHold } from "#shared/domain/payment-hold.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, lines, type Fragment, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import {
  cardTable,
  count,
  deskForm,
  deskPage,
  forbidden,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import {
  emptyView,
  summaryOf,
  typedWords,
  wordsField,
  wordsName,
  wordsProblem,
} from "../oversight/words-field.ts";
import { selectField, textField, type FormView } from "../people/fields.ts";

const pastMax = 50;

const words = {
  title: { zh: "暂停发放", en: "Payments on hold" },
  lead: {
    zh: "暂停的项目或案件照常审批、资金照常保留，只是不列入发放批次；由暂停人以外的人解除。已列入的批次，授权前会再核对一次。",
    en: "What is on hold goes on being decided and keeps its money; it is only left out of batches. Somebody else than who held it releases it. Batches made before are looked at again when they are authorised.",
  },
  now: { zh: "暂停中", en: "On hold" },
  past: { zh: "已解除", en: "Released" },
  none: { zh: "目前没有。", en: "None at present." },
  what: { zh: "范围", en: "What" },
  why: { zh: "原因", en: "Why" },
  who: { zh: "暂停人", en: "Held by" },
  release: { zh: "解除", en: "Release" },
  releaseTitle: { zh: "解除暂停", en: "Release a hold" },
  releasedWhy: { zh: "解除情况", en: "Released" },
  own: { zh: "需由他人解除", en: "another person releases it" },
  add: { zh: "新的暂停", en: "Hold payments" },
  programme: { zh: "整个项目", en: "All of a programme" },
  programmeNone: { zh: "（只暂停一个案件）", en: "(one case only)" },
  reference: { zh: "或一个案件（受理编号）", en: "Or one case (reference)" },
  hold: { zh: "暂停发放", en: "Hold" },
  whyHold: { zh: "为什么暂停", en: "Why it is held" },
  whyRelease: { zh: "为什么可以解除", en: "Why it can be released" },
  subjectRequired: {
    zh: "请选择一个项目，或填写一个受理编号，二者只填其一",
    en: "Choose a programme or give one reference, not both",
  },
  referenceWrong: {
    zh: "没有这个受理编号的案件，请核对",
    en: "There is no case with this reference: check it",
  },
  wordsRequired: { zh: "请写明原因", en: "Say why" },
  back: { zh: "返回暂停列表", en: "Back to the holds" },
} as const satisfies Record<string, Text>;

const subjectCell = (desk: Desk, subject: HoldSubject): Fragment => {
  if (subject.kind === "programme") {
    const programme = programmeById(subject.programmeId);
    return programme ? say(desk, programme.title) : subject.programmeId;
  }
  const { applicationId } = subject;
  return html`<a class="nowrap" href="${paths.desk("case", applicationId)}">${applicationId}</a>`;
};

type Names = ReadonlyMap<string, string>;

const whoCell = (desk: Desk, names: Names, by: string, at: string): Html =>
  html`${names.get(by) ?? by}<br /><span class="soft"
      >${dateTime(at as PaymentHold["at"], desk.request.locale)}</span
    >`;

const nowTable = (desk: Desk, holds: readonly PaymentHold[], names: Names): Html => {
  if (holds.length === 0) return html`<p>${say(desk, words.none)}</p>`;
  const rows = holds.map((hold) => {
    const release = mayDo(desk, "hold_payments")
      ? html`<a href="${paths.desk("batches", "holds", hold.id)}">${say(desk, words.release)}</a>`
      : "";
    const isOwn = hold.by === desk.session.staff.id;
    return [
      subjectCell(desk, hold.subject),
      lines(hold.reason),
      whoCell(desk, names, hold.by, hold.at),
      isOwn ? html`<span class="soft">${say(desk, words.own)}</span>` : release,
    ];
  });
  return cardTable(desk, [words.what, words.why, words.who, words.release], rows);
};

const pastTable = (desk: Desk, holds: readonly PaymentHold[], names: Names): Html | null => {
  if (holds.length === 0) return null;
  const rows = holds
    .slice(0, pastMax)
    .map(({ subject, reason, by, at, release }) => [
      subjectCell(desk, subject),
      lines(reason),
      whoCell(desk, names, by, at),
      release
        ? html`${lines(release.words)}<br />${whoCell(desk, names, release.by, release.at)}`
        : "",
    ]);
  return html`<h2>${say(desk, words.past)}</h2>
    ${cardTable(desk, [words.what, words.why, words.who, words.releasedWhy], rows)}`;
};

const addForm = (desk: Desk, view: FormView): Promise<Html> => {
  const nonce = Buffer.from(desk.uses.random(16)).toString("base64url");
  const options = [
    { value: "", label: say(desk, words.programmeNone) },
    ...programmes.map(({ id, title }) => ({ value: id, label: say(desk, title) })),
  ];
  return deskForm(
    desk,
    paths.desk("batches", "holds"),
    html`<input type="hidden" name="nonce" value="${view.values["nonce"] ?? nonce}" />
      ${selectField(desk, view, "programme", { label: words.programme, options })}
      ${textField(desk, view, "reference", { label: words.reference, maxLength: 24 })}
      ${wordsField(desk, view, words.whyHold)}
      <p class="actions"><button class="danger">${say(desk, words.hold)}</button></p>`,
  );
};

const namesOf = async (desk: Desk): Promise<Names> => {
  const { staff } = await desk.uses.directory.organisation();
  return new Map(staff.map(({ id, name }) => [id as string, name]));
};

const holdsPage = async (desk: Desk, view: FormView): Promise<PageResponse> => {
  const [all, names] = await Promise.all([desk.uses.oversight.paymentHolds(), namesOf(desk)]);
  const now = heldNow(all);
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <h2>${say(desk, words.now)} (${count(now.length)})</h2>
      ${nowTable(desk, now, names)}
      ${
        mayDo(desk, "hold_payments")
          ? html`<h2>${say(desk, words.add)}</h2>
              ${await addForm(desk, view)}`
          : null
      }
      ${pastTable(
        desk,
        all.filter(({ release }) => release !== null),
        names,
      )}`,
  });
};

export const showHolds = (desk: Desk): Promise<PageResponse> => holdsPage(desk, emptyView);

/** What the form names, or what is wrong with it. */
const subjectTyped = async (desk: Desk): Promise<HoldSubject | FormView["problem"]> => {
  const { programme = "", reference = "" } = desk.request.form;
  const typed = reference.trim();
  if ((programme === "") === (typed === "")) {
    return { field: "programme", says: words.subjectRequired };
  }
  if (programme !== "") {
    return programmeById(programme)
      ? { kind: "programme", programmeId: programme }
      : { field: "programme", says: words.subjectRequired };
  }
  const applicationId = parseApplicationId(typed);
  const known = applicationId && (await desk.uses.cases.get(applicationId));
  return applicationId && known
    ? { kind: "case", applicationId }
    : { field: "reference", says: words.referenceWrong };
};

export const holdPayments = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const { programme = "", reference = "", nonce = "" } = request.form;
  if (!/^[\w-]{22}$/u.test(nonce)) return notFoundPage(request.locale);
  const subject = await subjectTyped(desk);
  const said = typedWords(desk);
  const problem = subject && "field" in subject ? subject : wordsProblem(said, words.wordsRequired);
  if (problem || !subject || "field" in subject) {
    const values = { programme, reference, nonce, [wordsName]: said };
    return holdsPage(desk, { values, problem });
  }
  const hold = { id: nonce, subject, by: session.staff.id, at: uses.clock.now(), reason: said };
  await uses.oversight.putPaymentHold({ ...hold, release: null });
  return redirect(paths.desk("batches", "holds"));
};

const holdAt = async (desk: Desk, id: string): Promise<PaymentHold | undefined> =>
  (await desk.uses.oversight.paymentHolds()).find((hold) => hold.id === id);

const releasePage = async (
  desk: Desk,
  hold: PaymentHold,
  view: FormView,
): Promise<PageResponse> => {
  const names = await namesOf(desk);
  const title = say(desk, words.releaseTitle);
  const row = [
    subjectCell(desk, hold.subject),
    lines(hold.reason),
    whoCell(desk, names, hold.by, hold.at),
  ];
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      ${cardTable(desk, [words.what, words.why, words.who], [row])}
      ${await deskForm(
        desk,
        paths.desk("batches", "holds", hold.id),
        html`${wordsField(desk, view, words.whyRelease)}
          <p class="actions"><button>${say(desk, words.releaseTitle)}</button></p>`,
      )}
      <p><a href="${paths.desk("batches", "holds")}">${say(desk, words.back)}</a></p>`,
  });
};

export const showRelease = async (desk: Desk, id: string): Promise<PageResponse> => {
  const hold = await holdAt(desk, id);
  if (!hold) return notFoundPage(desk.request.locale);
  if (hold.release) return redirect(paths.desk("batches", "holds"));
  if (hold.by === desk.session.staff.id) return forbidden(desk, "own_hold");
  return releasePage(desk, hold, emptyView);
};

/** Another person than who held it; the store itself refuses its maker. */
export const releaseHold = async (desk: Desk, id: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const hold = await holdAt(desk, id);
  if (!hold) return notFoundPage(request.locale);
  if (hold.release) return redirect(paths.desk("batches", "holds"));
  if (hold.by === session.staff.id) return forbidden(desk, "own_hold");
  const said = typedWords(desk);
  const problem = wordsProblem(said, words.wordsRequired);
  if (problem) return releasePage(desk, hold, { values: { [wordsName]: said }, problem });
  await uses.oversight.releasePaymentHold(hold, {
    by: session.staff.id,
    at: uses.clock.now(),
    words: said,
  });
  return redirect(paths.desk("batches", "holds"));
};
