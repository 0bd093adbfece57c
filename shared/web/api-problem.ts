/**
 * Problems of the JSON API (RFC 9457): each code has its status, its words, and a page of its own that its type
 * leads to. A code that has no words doesn't compile.
 */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { PageResponse } from "./page.ts";
import { absolute, paths } from "./paths.ts";

interface Described {
  readonly status: number;
  readonly title: Text;
  /** What to do about it. */
  readonly mend: Text;
}

export const apiProblems = {
  address_unreadable: {
    status: 400,
    title: { zh: "网址读不懂", en: "The address can't be read" },
    mend: { zh: "请按 UTF-8 编码网址。", en: "Encode the address as UTF-8." },
  },
  query_invalid: {
    status: 400,
    title: { zh: "查询参数不对", en: "A query parameter is not right" },
    mend: {
      zh: "只用接口说明里列出的参数，每个一次。",
      en: "Send only the parameters that the operation lists, each once.",
    },
  },
  header_invalid: {
    status: 400,
    title: { zh: "请求头不对", en: "A header is missing or not right" },
    mend: {
      zh: "请按 errors 中的说明补上或改正请求头。",
      en: "Add or mend the headers named in errors.",
    },
  },
  json_unreadable: {
    status: 400,
    title: { zh: "不是有效的 JSON", en: "That is no valid JSON" },
    mend: {
      zh: "请发送一个 UTF-8 编码的 JSON 对象，嵌套不超过10层。",
      en: "Send one JSON object in UTF-8, nested at most ten levels deep.",
    },
  },
  key_missing: {
    status: 401,
    title: { zh: "没有密钥，或密钥无效", en: "No key, or none that is in force" },
    mend: {
      zh: "请在 Authorization 请求头中带上 Bearer 密钥；密钥由工会管理员生成，停用后立即失效。",
      en: "Send your key as Authorization: Bearer. The union's administrator makes keys; one that was revoked stops at once.",
    },
  },
  scope_missing: {
    status: 403,
    title: { zh: "这把密钥没有这项权限", en: "This key may not do that" },
    mend: {
      zh: "请让工会管理员生成一把带有所需权限的密钥。",
      en: "Ask the union's administrator for a key with the scope the operation names.",
    },
  },
  not_found: {
    status: 404,
    title: { zh: "找不到", en: "There is no such thing here" },
    mend: {
      zh: "请检查网址、受理编号和 Songnuan-Access-Code 请求头中的查询码。没有这个案件和查询码不对，答复是一样的。",
      en: "Check the address, the reference, and the access code in Songnuan-Access-Code. A case that isn't there and a code that is wrong are not told apart.",
    },
  },
  method_not_allowed: {
    status: 405,
    title: { zh: "这个网址不能这样调用", en: "This address isn't called like that" },
    mend: { zh: "可用的方法见 Allow 答复头。", en: "Allow lists the methods there are." },
  },
  not_acceptable: {
    status: 406,
    title: { zh: "只能答复 JSON", en: "The answer is JSON only" },
    mend: {
      zh: "请在 Accept 请求头中接受 application/json。",
      en: "Accept application/json.",
    },
  },
  state_conflict: {
    status: 409,
    title: { zh: "案件现在的状态不能这样办理", en: "The case is in no state for that" },
    mend: {
      zh: "请先读取案件；allowed 列出了现在能做什么。",
      en: "Read the case: allowed lists what can be done now.",
    },
  },
  changed_meanwhile: {
    status: 409,
    title: { zh: "案件刚才有了变化", en: "The case changed just now" },
    mend: {
      zh: "没有改动任何内容。请重新读取案件后再试。",
      en: "Nothing was changed. Read the case again and try once more.",
    },
  },
  claim_exists: {
    status: 409,
    title: { zh: "同样的申请已经有一份", en: "There is such an application already" },
    mend: {
      zh: "这个家庭、学生、患者或发票在本期已经有申请。如果号码填错了，请改正后再提交。",
      en: "This household, student, patient or invoice has an application in this period. If a number is wrong, mend it and submit again.",
    },
  },
  barred: {
    status: 409,
    title: { zh: "现在不能提交申请", en: "No application can be sent now" },
    mend: {
      zh: "认为不对的，可以向市总工会书面申诉；到期后可以正常申请。",
      en: "Whoever thinks this wrong may write to the city federation; after the day named anybody may apply again.",
    },
  },
  out_of_season: {
    status: 409,
    title: { zh: "现在不受理", en: "No applications are taken now" },
    mend: {
      zh: "请在受理期间再提交，已经填写的内容仍然保存。",
      en: "Submit while applications are taken; what was given is kept.",
    },
  },
  request_in_flight: {
    status: 409,
    title: { zh: "同一个请求正在办理", en: "This very request is under way" },
    mend: {
      zh: "请稍后用同一个 Idempotency-Key 再发一次，会得到它的答复。",
      en: "Send it again with the same Idempotency-Key in a moment; you get its answer then.",
    },
  },
  notice_over: {
    status: 410,
    title: { zh: "公示已结束", en: "This notice is over" },
    mend: { zh: "如仍有情况反映，请联系所在工会。", en: "Speak to the union office instead." },
  },
  version_stale: {
    status: 412,
    title: { zh: "案件不是这个版本了", en: "The case has another version by now" },
    mend: {
      zh: "请重新读取案件，用新的 ETag 再试。",
      en: "Read the case again and use its ETag.",
    },
  },
  too_large: {
    status: 413,
    title: { zh: "内容太多", en: "That is too much" },
    mend: {
      zh: "请求最多 64 KB；照片和文件请按上传许可直接上传。",
      en: "A request has at most 64 KB. Photos and files go straight to the store, by the permission to upload.",
    },
  },
  type_unsupported: {
    status: 415,
    title: { zh: "只接受 JSON", en: "Only JSON is taken" },
    mend: {
      zh: "请用 Content-Type: application/json 发送。",
      en: "Send it as Content-Type: application/json.",
    },
  },
  invalid: {
    status: 422,
    title: { zh: "有内容需要改正", en: "Some of it needs mending" },
    mend: {
      zh: "errors 逐项说明哪里不对、怎么改；没有改动任何内容。",
      en: "errors names each place and how to mend it. Nothing was changed.",
    },
  },
  papers_missing: {
    status: 422,
    title: { zh: "还缺材料", en: "Papers are missing" },
    mend: {
      zh: "请上传 errors 中列出的材料后再提交；其他内容都已保存。",
      en: "Upload the papers named in errors and hand it in again; everything else is kept.",
    },
  },
  nothing_new: {
    status: 422,
    title: { zh: "没有新的内容", en: "There is nothing new in it" },
    mend: {
      zh: "请补充材料或改正内容后再提交。",
      en: "Add a paper or change an answer, and hand it in then.",
    },
  },
  key_reused: {
    status: 422,
    title: {
      zh: "Idempotency-Key 已用于另一个请求",
      en: "This Idempotency-Key was for another request",
    },
    mend: {
      zh: "每个新请求请用一个新的 Idempotency-Key。",
      en: "Use a new Idempotency-Key for each new request.",
    },
  },
  version_missing: {
    status: 428,
    title: { zh: "请说明改的是哪个版本", en: "Say which version you change" },
    mend: {
      zh: "请在 If-Match 请求头中带上读取案件时得到的 ETag。",
      en: "Send the ETag you read as If-Match.",
    },
  },
  too_many_requests: {
    status: 429,
    title: { zh: "调用太频繁", en: "Too many calls" },
    mend: { zh: "请等 Retry-After 说的秒数后再试。", en: "Wait for the seconds in Retry-After." },
  },
  fault: {
    status: 500,
    title: { zh: "系统出了问题", en: "Something went wrong on our side" },
    mend: {
      zh: "不是您的问题。请稍后用同一个 Idempotency-Key 再试，不会重复办理。",
      en: "It is not your fault. Try again later with the same Idempotency-Key; nothing happens twice.",
    },
  },
  busy: {
    status: 503,
    title: { zh: "现在太忙", en: "Too busy just now" },
    mend: {
      zh: "请等 Retry-After 说的秒数后再试。",
      en: "Try again after the seconds in Retry-After.",
    },
  },
} as const satisfies Record<string, Described>;

export type ApiProblemCode = keyof typeof apiProblems;

export const apiProblemCodes = Object.keys(apiProblems) as readonly ApiProblemCode[];

/** One thing to mend: a place in the body as a JSON pointer, or a parameter or header by its name. */
export interface ApiError {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly code: string;
  readonly detail: Text;
}

export interface ApiProblem {
  readonly code: ApiProblemCode;
  /** What happened this time, where it is more than the title says. */
  readonly detail?: Text;
  /** Why, for a program to act on: "advance_paid", "used_up". */
  readonly reason?: string;
  readonly errors?: readonly ApiError[];
  readonly headers?: Readonly<Record<string, string>>;
}

export const problemType = "application/problem+json";

/** The answer of a problem, in the reader's language. */
export const problemResponse = (
  problem: ApiProblem,
  { siteUrl, locale }: { readonly siteUrl: string; readonly locale: Locale },
): PageResponse => {
  const { code, detail, reason, errors } = problem;
  const { status, title, mend } = apiProblems[code];
  const say = (text: Text): string => inLocale(text, locale);
  return {
    status,
    contentType: problemType,
    headers: { "content-language": locale, vary: "Accept-Language", ...problem.headers },
    body: JSON.stringify({
      type: absolute(siteUrl, paths.apiProblem(code)),
      title: say(title),
      status,
      detail: say(detail ?? mend),
      code,
      ...(reason === undefined ? {} : { reason }),
      ...(errors
        ? { errors: errors.map((error) => ({ ...error, detail: say(error.detail) })) }
        : {}),
    }),
  };
};
