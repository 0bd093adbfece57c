/**
 * People in a hurry: they do over HTTP what pages offer, and don't open the page again after each button. So a
 * season of hundreds of them fits into a test.
 */
import {
  createVisitor,
  expectStatus,
  formTo,
  formWith,
  wordsOf,
} from "#infra/local/demo/visitor.ts";
import type { PageForm, Visitor, VisitedPage } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { fillIn, type Applied } from "#infra/local/demo/applicant.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { parseAccessCode, parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** Sends a form and doesn't look where it leads. @throws unless it leads anywhere. */
export const press = async (
  visitor: Visitor,
  page: VisitedPage,
  form: PageForm,
  typed: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const kept = form.fields.filter(([name]) => !Object.hasOwn(typed, name));
  const body = new URLSearchParams([
    ...kept.map(([name, value]) => [name, value] as [string, string]),
    ...Object.entries(typed),
  ]);
  const response = await fetch(new URL(form.action, page.url), {
    method: "POST",
    body,
    redirect: "manual",
    headers: { origin: new URL(page.url).origin, cookie: visitor.cookieHeader() },
  });
  if (response.status === 303) return;
  throw new Error(
    `${form.action}: ${response.status} ${wordsOf(await response.text()).slice(0, 400)}`,
  );
};

/** Puts a photo where a form of the paper store wants it. */
const put = async (page: VisitedPage, form: PageForm): Promise<void> => {
  const body = new FormData();
  for (const [name, value] of form.fields) body.append(name, value);
  body.append("file", new Blob([png], { type: "image/png" }), "照片.png");
  const response = await fetch(new URL(form.action, page.url), {
    method: "POST",
    body,
    redirect: "manual",
  });
  if (response.status !== 303) throw new Error(`a photo was answered with ${response.status}`);
};

/** Applies: the form, a photo of every paper asked for, the button. */
export const applyBriskly = async (
  { url }: Embedded,
  programme: EveryProgramme,
  answers: Answers,
): Promise<Applied> => {
  const visitor = createVisitor(url);
  const papers = await fillIn(visitor, programme, answers);
  for (const form of papers.forms.filter(({ multipart }) => multipart)) await put(papers, form);
  const whole = expectStatus(await visitor.get(papers.url), 200, "the papers");
  const receipt = await visitor.send(whole, formTo(whole, "/submit"));
  const words = wordsOf(expectStatus(receipt, 200, "the receipt").html);
  const applicationId = parseApplicationId(/SN[0-9A-Z]{10}/u.exec(words)?.[0] ?? "");
  const accessCode = parseAccessCode(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(words)?.[0] ?? "");
  if (!applicationId || !accessCode) throw new Error(`no receipt: ${words.slice(0, 400)}`);
  return { visitor, applicationId, accessCode };
};

/** A handler accepts a case, and records the visit where one is needed. */
export const handleBriskly = async (visitor: Visitor, id: ApplicationId): Promise<void> => {
  const shown = await visitor.get(paths.desk("handling", id));
  await press(visitor, shown, formTo(shown, "/accept"));
  const visit = await visitor.get(paths.desk("handling", id, "visit"));
  const upload = visit.forms.find(({ multipart }) => multipart);
  if (!upload) return;
  await put(visit, upload);
  const record = await visitor.get(paths.desk("handling", id, "record"));
  await press(visitor, record, formTo(record, "/record"), {
    others: "社区网格员",
    metWith: "申请人本人",
    findings: "与申报一致。",
    confirmed: "yes",
  });
};

/** Opens the link of a mail and decides. */
export const decideBriskly = async (
  { url }: Embedded,
  link: string,
  decision: Readonly<Record<string, string>>,
): Promise<void> => {
  const visitor = createVisitor(url);
  const page = expectStatus(await visitor.get(link), 200, "the approver's page");
  await press(visitor, page, formWith(page, "action", "decide"), decision);
};

const ticksOn = ({ html }: VisitedPage): ReadonlyMap<string, string> =>
  new Map(
    [...html.matchAll(/name="case-(?<id>SN\w{10})" value="(?<value>[^"]+)"/gu)].map(
      ({ groups }) => [groups?.["id"] ?? "", groups?.["value"] ?? ""],
    ),
  );

/**
 * Opens the list of all that waits for the person whom a link asks, and approves what may be approved together of
 * the wanted cases. @returns the references of those.
 */
export const approveTogether = async (
  link: string,
  pin: string,
  isWanted: (id: string) => boolean,
): Promise<readonly string[]> => {
  const visitor = createVisitor(new URL(link).origin);
  const closed = await visitor.get(link.replace("/decide/", "/decide/queue/"));
  const list = await visitor.send(closed, formWith(closed, "action", "open"), { pin });
  const ticks = [...ticksOn(expectStatus(list, 200, "the list"))].filter(([id]) => isWanted(id));
  if (ticks.length === 0) return [];
  const ticked = Object.fromEntries(ticks.map(([id, value]) => [`case-${id}`, value]));
  await press(visitor, list, formWith(list, "action", "decide"), { ...ticked, pin });
  return ticks.map(([id]) => id);
};

/** The newest links to decide at a tier, by case. */
export const linksAt = ({ mailbox }: Embedded, tier: string): ReadonlyMap<string, string> => {
  const pattern = new RegExp(`https?://\\S+/decide/(?<id>SN\\w+)\\.\\d+\\.${tier}\\.\\S+`, "u");
  const links = mailbox.mails().flatMap(({ text }) => {
    const match = pattern.exec(text);
    return match ? [[match.groups?.["id"] ?? "", match[0]] as const] : [];
  });
  return new Map(links.toReversed());
};
