/**
 * What every page of the desk has: who is signed in, where they may go, and forms that can't be
 * forged.
 */
import { log } from "#shared/lambda/logging.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { messagePage, type Message } from "#shared/web/error-page.ts";
import { attributes, html, type Fragment, type Html } from "#shared/web/html.ts";
import { page, type Frame } from "#shared/web/layout.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { pathOf, paths } from "#shared/web/paths.ts";
import { barOf } from "./bar.ts";
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
  signedIn: { zh: "已登录：", en: "Signed in: " },
  leave: { zh: "退出登录", en: "Sign out" },
} as const satisfies Record<string, Text>;

/** What the frame around every page of the desk has. */
const placeOf = (desk: Desk, leave?: Html): Pick<Frame, "path" | "navigation" | "bar" | "wide"> => {
  const { request, session } = desk;
  const { locale, path } = request;
  return {
    path: pathOf(request),
    navigation: [],
    bar: barOf({ staff: session.staff, locale, path, ...(leave ? { leave } : {}) }),
    wide: true,
  };
};

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

/** Who is signed in, and the way out: it comes before the page, so that it is at hand everywhere. */
const leaveForm = (desk: Desk): Promise<Html> => {
  const { name } = desk.session.staff;
  const content = html`<span class="soft"
      ><span class="unseen">${say(desk, words.signedIn)}</span>${name}</span
    >
    <button class="plain">${say(desk, words.leave)}</button>`;
  return deskForm(desk, paths.desk("sign-out"), content);
};

export const deskPage = async (desk: Desk, content: DeskPage): Promise<PageResponse> => {
  const { status = 200, title, body } = content;
  return htmlPage(
    status,
    page({
      ...placeOf(desk, await leaveForm(desk)),
      locale: desk.request.locale,
      title,
      wrong: status === 422,
      body,
    }),
  );
};

/** A page of words for a signed-in person: what happened, what was kept, what to do. */
export const deskMessage = (desk: Desk, status: number, message: Message): PageResponse =>
  messagePage(status, desk.request.locale, message, placeOf(desk));

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
  shape?: "stacked",
): Html =>
  html`<div class="scroll">
    <table${attributes({ class: shape ?? null })}>
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

/** A table whose rows are cards on a phone: each cell then carries its heading. The first cell leads on. */
export const cardTable = (
  desk: Desk,
  head: readonly (Text | Heading)[],
  rows: readonly (readonly Fragment[])[],
  caption?: Text,
): Html => {
  const labels = head.map((heading) => (isHeading(heading) ? heading : { text: heading }));
  const lines = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell, place) => {
          const label = labels[place];
          const shape = attributes({
            class: label && "isFigure" in label ? "figure" : null,
            "data-label": label ? say(desk, label.text) : null,
          });
          return html`<td${shape}>${cell}</td>`;
        })}
      </tr>`,
  );
  return table(desk, head, lines, caption, "stacked");
};

export const factRow = (label: string, value: Html | string): Html =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`;
