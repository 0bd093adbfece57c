/**
 * What every page of the desk has: who is signed in, where they may go, and forms that can't be
 * forged.
 */
import { log } from "#shared/lambda/logging.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { messagePage, type Message } from "#shared/web/error-page.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page, type Frame } from "#shared/web/layout.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { pathOf, paths } from "#shared/web/paths.ts";
import { hasRight, type Right } from "./rights.ts";
import { tokenField, type DeskSession } from "./session.ts";
import type { Uses } from "./uses.ts";

/** A request of a signed-in person. */
export interface Desk {
  readonly uses: Uses;
  readonly request: PageRequest;
  readonly session: DeskSession;
}

export const say = ({ request }: Pick<Desk, "request">, text: Text): string =>
  inLocale(text, request.locale);

export const mayDo = ({ session }: Desk, right: Right): boolean => hasRight(session.staff, right);

const words = {
  desk: { zh: "工作台", en: "Desk" },
  funds: { zh: "资金", en: "Funds" },
  batches: { zh: "发放批次", en: "Batches" },
  export: { zh: "发放明细导出", en: "Export" },
  handling: { zh: "受理与核实", en: "Handling" },
  archive: { zh: "困难职工档案", en: "Archive" },
  people: { zh: "机构人员", en: "Offices and people" },
  policy: { zh: "政策", en: "Policy" },
  allocation: { zh: "资金分配", en: "Allocation" },
  oversight: { zh: "抽查比对", en: "Second looks" },
  recovery: { zh: "先行救助与追回", en: "Advances and recovery" },
  signedIn: { zh: "已登录：", en: "Signed in: " },
  leave: { zh: "退出登录", en: "Sign out" },
} as const satisfies Record<string, Text>;

const navigationOf = (desk: Desk): NonNullable<Frame["navigation"]> => [
  { href: paths.desk(), label: words.desk },
  ...(mayDo(desk, "handle") ? [{ href: paths.desk("handling"), label: words.handling }] : []),
  ...(mayDo(desk, "see_archive") ? [{ href: paths.desk("archive"), label: words.archive }] : []),
  ...(mayDo(desk, "see_funds") ? [{ href: paths.desk("funds"), label: words.funds }] : []),
  ...(mayDo(desk, "see_batches") ? [{ href: paths.desk("batches"), label: words.batches }] : []),
  ...(mayDo(desk, "see_recovery") ? [{ href: paths.desk("recovery"), label: words.recovery }] : []),
  ...(mayDo(desk, "see_funds")
    ? [{ href: paths.desk("allocations"), label: words.allocation }]
    : []),
  ...(mayDo(desk, "second_look") || mayDo(desk, "compare_branches")
    ? [{ href: paths.desk("oversight"), label: words.oversight }]
    : []),
  ...(mayDo(desk, "manage_people") ? [{ href: paths.desk("people"), label: words.people }] : []),
  ...(mayDo(desk, "simulate_policy") ? [{ href: paths.desk("policy"), label: words.policy }] : []),
  ...(mayDo(desk, "export") ? [{ href: paths.desk("export"), label: words.export }] : []),
];

/** A form that posts to a page of the desk, with its anti-forgery token. */
export const deskForm = async (desk: Desk, action: string, content: Html): Promise<Html> =>
  html`<form method="post" action="${action}">
    ${await tokenField(desk.uses, desk.session)}${content}
  </form>`;

export interface DeskPage {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
}

export const deskPage = async (desk: Desk, content: DeskPage): Promise<PageResponse> => {
  const { status = 200 } = content;
  const leave = html`<p class="small soft">
    ${say(desk, words.signedIn)}${desk.session.staff.name}
    <button class="second">${say(desk, words.leave)}</button>
  </p>`;
  return htmlPage(
    status,
    page({
      locale: desk.request.locale,
      title: content.title,
      path: pathOf(desk.request),
      navigation: navigationOf(desk),
      wide: true,
      wrong: status === 422,
      body: html`${content.body}${await deskForm(desk, paths.desk("sign-out"), leave)}`,
    }),
  );
};

/** A page of words for a signed-in person: what happened, what was kept, what to do. */
export const deskMessage = (desk: Desk, status: number, message: Message): PageResponse =>
  messagePage(status, desk.request.locale, message, {
    path: pathOf(desk.request),
    navigation: navigationOf(desk),
    wide: true,
  });

/** The role lacks the right. It is taken down: somebody tried a door that isn't theirs. */
export const forbidden = (desk: Desk, code: string): PageResponse => {
  log.warn("refused at the desk", {
    function: "serve-desk",
    staffId: desk.session.staff.id,
    code,
    route: `/desk/${desk.request.path[1] ?? ""}`,
    status: 403,
  });
  return deskMessage(desk, 403, {
    title: { zh: "您没有这项权限", en: "This is not yours to do" },
    happened: {
      zh: "您的岗位不能查看或办理这一项，所以没有办理。",
      en: "Your role may not see or do this, so it was not done.",
    },
    next: {
      zh: "如果工作需要，请联系管理员调整岗位。",
      en: "If your work needs it, ask your administrator.",
    },
    link: { href: paths.desk(), label: words.desk },
  });
};

/** "1,234" and the like, for counts. (toLocaleString loads all of ICU: 20 ms of a cold start.) */
export const count = (value: number): string =>
  String(value).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");

/** A column's heading; one of figures stands to the right, as they do. */
export interface Heading {
  readonly text: Text;
  readonly isFigure?: true;
}

export const figureHeading = (text: Text): Heading => ({ text, isFigure: true });

const isHeading = (heading: Text | Heading): heading is Heading => "text" in heading;

const headCell = (desk: Desk, heading: Text | Heading): Html => {
  const { text, isFigure } = isHeading(heading) ? heading : { text: heading, isFigure: undefined };
  return html`<th scope="col" ${attributes({ class: isFigure ? "figure" : null })}>
    ${say(desk, text)}
  </th>`;
};

/** A table; cells of figures carry the class "figure". */
export const table = (
  desk: Desk,
  head: readonly (Text | Heading)[],
  rows: readonly Html[],
  caption?: Text,
): Html =>
  html`<div class="scroll">
    <table>
      ${
        caption
          ? html`<caption>
              ${say(desk, caption)}
            </caption>`
          : null
      }
      <thead>
        <tr>
          ${head.map((heading) => headCell(desk, heading))}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;

export const factRow = (label: string, value: Html | string): Html =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`;
