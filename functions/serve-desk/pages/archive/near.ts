/** Near-duplicates of a case: who shares what with its applicant, and what somebody has said of it. */
import { handlingRefusal } from "#shared/domain/acceptance.ts";
import { nearDuplicatesOf, settleNearDuplicate } from "#shared/casework/near-duplicates.ts";
import type { Application } from "#shared/domain/application.ts";
import { parseApplicationId, type BlindIndex } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { nearPart } from "#shared/web/near-part.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { linesField, type FormView } from "../people/fields.ts";
import { emptyView } from "../oversight/words-field.ts";
import { reasonProblem } from "./acts.ts";

const words = {
  title: { zh: "疑似重复", en: "Near-duplicates" },
  none: { zh: "没有发现疑似重复。", en: "None was found." },
  reason: {
    zh: "核实情况（为什么不是同一个人或同一笔）",
    en: "What was checked, and why these are not one",
  },
  reasonHint: {
    zh: "加密保存，以后再审到这两个人时会显示",
    en: "Kept encrypted, and shown whenever these two people come up again",
  },
  settle: { zh: "不是重复", en: "Not a duplicate" },
  back: { zh: "返回案件", en: "Back to the case" },
} as const satisfies Record<string, Text>;

const nearPath = ({ id }: Application): string => paths.desk("archive", "near", id);

const settleForm = (
  desk: Desk,
  application: Application,
  person: string,
  place: number,
  view: FormView,
) => {
  const name = `reason${place}`;
  return deskForm(
    desk,
    nearPath(application),
    html`<input type="hidden" name="person" value="${person}" />
      <input type="hidden" name="place" value="${place}" />
      ${linesField(desk, view, name, { label: words.reason, hint: words.reasonHint })}
      <p class="actions"><button class="second">${say(desk, words.settle)}</button></p>`,
  );
};

const nearPage = async (
  desk: Desk,
  application: Application,
  view: FormView,
): Promise<PageResponse> => {
  const { uses, request } = desk;
  const found = await nearDuplicatesOf(uses, application);
  const { staff } = await uses.directory.organisation();
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const forms: readonly (Html | null)[] = await Promise.all(
    found.map(async (one, place) =>
      one.settled ? null : settleForm(desk, application, one.person, place, view),
    ),
  );
  const { problem } = view;
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  const title = `${say(desk, words.title)} ${application.id}`;
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, request.locale)}
      <h1>${title}</h1>
      ${
        found.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : found.map(
              (one, place) =>
                html`${nearPart({ found: [one], names, locale: request.locale })}${forms[place]}`,
            )
      }
      <p><a href="${paths.desk("handling", application.id)}">${say(desk, words.back)}</a></p>`,
  });
};

/** A case that this person handles; of others not even that it is. */
const handledCase = async ({ uses, session }: Desk, typed: string): Promise<Application | null> => {
  const id = parseApplicationId(typed);
  const application = id && (await uses.cases.get(id));
  if (!application || application.status === "draft") return null;
  const organisation = await uses.directory.organisation();
  return handlingRefusal(organisation, application, session.staff) === null ? application : null;
};

export const showNear = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const application = await handledCase(desk, typed);
  return application ? nearPage(desk, application, emptyView) : notFoundPage(desk.request.locale);
};

export const settleNear = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const application = await handledCase(desk, typed);
  if (!application) return notFoundPage(request.locale);
  const field = `reason${Number(request.form["place"] ?? "0")}`;
  const reason = (request.form[field] ?? "").trim();
  const problem = reasonProblem(field, reason);
  if (problem) return nearPage(desk, application, { values: request.form, problem });
  const person = request.form["person"] ?? "";
  const found = await nearDuplicatesOf(uses, application);
  if (found.some((one) => one.person === person)) {
    await settleNearDuplicate(uses, application, {
      person: person as BlindIndex,
      by: session.staff.id,
      reason,
    });
  }
  return redirect(nearPath(application));
};
