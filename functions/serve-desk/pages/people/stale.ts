import type { Staff } from "#shared/domain/organisation.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

/** Two people changed the same at once: the second is told instead of undoing the first. */
export const changedMeanwhile = (desk: Desk): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "刚刚有人改过", en: "Somebody changed this just now" },
    happened: {
      zh: "您打开页面后，另一位管理员作了修改，您的修改没有保存。",
      en: "Another administrator changed it after you opened the page; yours was not saved.",
    },
    next: {
      zh: "请重新打开，看过现在的内容后再改。",
      en: "Open it again, look at what it says now, and change that.",
    },
    link: { href: paths.desk("people"), label: words.title },
  });

/** What an administrator sees of a person; a PIN that is set meanwhile changes nothing of it. */
export const seenStaff = ({ pinHash: _pin, pinTries: _tries, totpSealed: _totp, ...seen }: Staff) =>
  seen;

const digestOf = ({ uses }: Desk, record: object): string =>
  uses.vault.digest(
    JSON.stringify(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1))),
  );

/** Says with the form which state of the record it was made from. */
export const seenField = (desk: Desk, record: object): Html =>
  html`<input type="hidden" name="_seen" value="${digestOf(desk, record)}" />`;

export const wasSeen = (desk: Desk, record: object): boolean =>
  desk.request.form["_seen"] === digestOf(desk, record);
