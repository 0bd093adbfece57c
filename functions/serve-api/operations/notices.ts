/** Public notices (公示) that stand now, and objecting to one (异议). */
import * as z from "zod";
import { listNotices } from "#shared/casework/notice-list.ts";
import { objectTo, standingOf } from "#shared/casework/raise-objection.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import { objectionProblems } from "#shared/domain/public-notice.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { receiptOf } from "#shared/web/mails/objection-answer.ts";
import { objectionProblemWords, objectionReceived } from "#shared/web/refusal-words.ts";
import {
  done,
  operation,
  refused,
  say,
  tooOften,
  type Answer,
  type Call,
  type Operation,
} from "../operation.ts";
import { noticeBody } from "../views/notice-view.ts";

export const limitDefault = 20;
export const limitMax = 50;

const wrongLimit: Text = {
  zh: `limit 是1到${limitMax}之间的整数`,
  en: `limit is a whole number from 1 to ${limitMax}`,
};
const wrongCursor: Text = {
  zh: "cursor 只能用上一页答复中的 next",
  en: "cursor is what the page before gave as next",
};

const wrongParameter = (parameter: string, detail: Text): Answer =>
  refused({ code: "query_invalid", errors: [{ parameter, code: "wrong_form", detail }] });

const listed = operation({
  id: "listNotices",
  method: "GET",
  path: ["notices"],
  scope: "notices:read",
  query: ["unitId", "programmeId", "limit", "cursor"],
  answer: async (call) => {
    const { unitId = "", programmeId = "", limit, cursor = "" } = call.query;
    const most = limit === undefined ? limitDefault : Number(limit);
    const fits = /^[1-9]\d?$/u.test(limit ?? "1") && most <= limitMax;
    if (!fits) return wrongParameter("limit", wrongLimit);
    const found = await listNotices(call.uses, { unitId, programmeId }, cursor, most);
    if (!found) return wrongParameter("cursor", wrongCursor);
    const organisation = await call.uses.directory.organisation();
    return done({
      items: found.rows.map((standing) => noticeBody(call, standing, organisation)),
      next: found.next,
    });
  },
});

const idIn = ({ params }: Call): ApplicationId | null =>
  parseApplicationId(params["applicationId"] ?? "");

/** A notice that is over was taken down, and says so; what was never noticed is not found. */
const noNotice = async ({ uses }: Call, id: ApplicationId): Promise<Answer> =>
  refused({
    code: (await uses.notices.noticesOf(id)).length === 0 ? "not_found" : "notice_over",
  });

const getNotice = operation({
  id: "getNotice",
  method: "GET",
  path: ["notices", ":applicationId"],
  scope: "notices:read",
  answer: async (call) => {
    const id = idIn(call);
    if (!id) return refused({ code: "not_found" });
    const standing = await standingOf(call.uses, id);
    if (!standing) return noNotice(call, id);
    return done(noticeBody(call, standing, await call.uses.directory.organisation()));
  },
});

interface Said {
  readonly words: string;
  readonly contact?: string | undefined;
}

/** What can't be kept is longer than any letter. */
const saidMax = 20_000;

const saidSchema = z.strictObject({
  words: z.string().max(saidMax),
  contact: z.string().max(saidMax).optional(),
});

const objectToNotice = operation<Said>({
  id: "objectToNotice",
  method: "POST",
  path: ["notices", ":applicationId", "objections"],
  scope: "notices:write",
  once: true,
  body: () => saidSchema,
  answer: async (call, given) => {
    const { uses, locale, named } = call;
    const id = idIn(call);
    if (!id) return refused({ code: "not_found" });
    const said = { words: given.words.trim(), contact: (given.contact ?? "").trim() };
    const errors = objectionProblems(said).map((problem) => ({
      pointer: problem === "contact_too_long" ? "/contact" : "/words",
      code: problem,
      detail: objectionProblemWords[problem],
    }));
    if (errors.length > 0) return refused({ code: "invalid", errors });
    if (!(await standingOf(uses, id))) return noNotice(call, id);
    const minutes = await overLimit(uses, limits.objectionByCase, id);
    if (minutes !== null) return tooOften(minutes);
    invariant(named, "an objection is named by its idempotency key");
    const formKey = uses.vault.digest(`api|${named.key}|${named.firstAt}`);
    const raised = await objectTo(uses, id, { ...said, formKey, locale });
    if (raised.kind === "no_notice") return noNotice(call, id);
    const receipt = receiptOf(id, raised.objection.number);
    return done({ receipt, words: say(call, objectionReceived) }, 201);
  },
});

export const noticeOperations: readonly Operation[] = [listed, getNotice, objectToNotice];
