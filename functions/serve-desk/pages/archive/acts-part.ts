/** What a keeper may do with a file: declare it again on a page of its own; look again, watch or close it here. */
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { mayExit } from "#shared/domain/file-exit.ts";
import { mayChange } from "#shared/domain/file-steps.ts";
import { closingReasons } from "#shared/domain/hardship-file.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { deskForm, say, type Desk } from "../../frame.ts";
import { linesField, selectField, textField, ticksField, type FormView } from "../people/fields.ts";
import { filePath, type LoadedFile } from "./load.ts";
import { closingNames } from "./words.ts";

const words = {
  title: { zh: "办理", en: "What may be done" },
  changed: { zh: "变更内容", en: "Change what it says" },
  renewed: { zh: "重新申报（续期）", en: "Declare anew for another term" },
  reopened: { zh: "恢复在档（重新申报）", en: "Open it again by a new declaration" },
  verify: { zh: "登记复核", en: "Record a re-verification" },
  verifyMeans: {
    zh: "填写复核的这几个月里全家的可支配收入合计；人均是否高于低保标准由系统核算。连续达到规定月数、致困原因也已消除，才能退档脱困或列入防困对象。",
    en: "Give the household's disposable income of the months looked at; whether it is above the line a head is worked out. Only so many months running, with the cause gone, lead out of the archive.",
  },
  months: { zh: "复核的月数", en: "Months looked at" },
  monthsHint: {
    zh: "按月复核填 1，半年复核填 6",
    en: "1 for a monthly look, 6 for a half-yearly one",
  },
  income: {
    zh: "这些月的家庭可支配收入合计（元）",
    en: "Household's disposable income of these months (yuan)",
  },
  causeGone: { zh: "致困原因已经消除", en: "The cause of hardship is gone" },
  reason: { zh: "核实情况和原因", en: "What was found, and why" },
  reasonHint: { zh: "加密保存在档案历史里", en: "Kept encrypted in the file's history" },
  prevention: { zh: "列入防困对象", en: "Put it on the prevention list" },
  preventionMeans: {
    zh: "收入已高于标准但还不稳定的家庭，不再在档，定期跟踪；返困时可以恢复在档。",
    en: "For a household above the line but not steadily: no longer on file, looked at from time to time, and opened again if it falls back.",
  },
  close: { zh: "退档", en: "Close the file" },
  why: { zh: "退档原因", en: "Why it is closed" },
  choose: { zh: "请选择", en: "Choose" },
  exitReady: {
    zh: "已达到退出条件，可以退档脱困或列入防困对象。",
    en: "The exit rule is fulfilled: the file may be closed, or put on the prevention list.",
  },
} as const satisfies Record<string, Text>;

const seen = ({ file }: LoadedFile): Html =>
  html`<input type="hidden" name="version" value="${file.version}" />`;

const reasonField = (desk: Desk, view: FormView, name: string): Html =>
  linesField(desk, view, name, { label: words.reason, hint: words.reasonHint });

/** Folded until it is wanted; open when what was sent of it can't be taken. */
const folded = (desk: Desk, title: Text, wrong: boolean, content: Html): Html =>
  html`<details${attributes({ open: wrong })}>
    <summary>${say(desk, title)}</summary>
    ${content}
  </details>`;

const isOf = ({ problem }: FormView, fields: readonly string[]): boolean =>
  problem !== null && fields.includes(problem.field);

const verifyFields = ["months", "income", "gone", "verifyReason"];

const verifyForm = async (desk: Desk, loaded: LoadedFile, view: FormView): Promise<Html> =>
  folded(
    desk,
    words.verify,
    isOf(view, verifyFields),
    html`<p>${say(desk, words.verifyMeans)}</p>
      ${await deskForm(
        desk,
        filePath(loaded.file.id, "verify"),
        html`${seen(loaded)}
          ${textField(desk, view, "months", { label: words.months, hint: words.monthsHint, maxLength: 2 })}
          ${textField(desk, view, "income", { label: words.income, maxLength: 16 })}
          ${ticksField(desk, view, "gone", {
            label: words.causeGone,
            boxes: [{ name: "causeGone", label: words.causeGone }],
          })}
          ${reasonField(desk, view, "verifyReason")}
          <p class="actions"><button class="second">${say(desk, words.verify)}</button></p>`,
      )}`,
  );

const preventionForm = async (desk: Desk, loaded: LoadedFile, view: FormView): Promise<Html> =>
  folded(
    desk,
    words.prevention,
    isOf(view, ["preventionReason"]),
    html`<p>${say(desk, words.preventionMeans)}</p>
      ${await deskForm(
        desk,
        filePath(loaded.file.id, "prevention"),
        html`${seen(loaded)}${reasonField(desk, view, "preventionReason")}
          <p class="actions"><button class="second">${say(desk, words.prevention)}</button></p>`,
      )}`,
  );

const closeForm = async (desk: Desk, loaded: LoadedFile, view: FormView): Promise<Html> =>
  folded(
    desk,
    words.close,
    isOf(view, ["why", "closeReason"]),
    html`${await deskForm(
      desk,
      filePath(loaded.file.id, "close"),
      html`${seen(loaded)}
        ${selectField(desk, view, "why", {
          label: words.why,
          options: [
            { value: "", label: say(desk, words.choose) },
            ...closingReasons.map((value) => ({ value, label: say(desk, closingNames[value]) })),
          ],
        })}
        ${reasonField(desk, view, "closeReason")}
        <p class="actions"><button class="danger">${say(desk, words.close)}</button></p>`,
    )}`,
  );

const declareLink = (desk: Desk, { file }: LoadedFile, how: "changed" | "renewed" | "reopened") =>
  mayChange(file, how)
    ? html`<a class="button second" href="${filePath(file.id, how)}">${say(desk, words[how])}</a> `
    : null;

/** The forms that the file's state allows. Every field has a name of its own on the page. */
export const actsPart = async (desk: Desk, loaded: LoadedFile, view: FormView): Promise<Html> => {
  const { file } = loaded;
  const policy = commonPolicyOn(desk.uses.policy, localDateOf(desk.uses.clock.now()));
  return html`<section class="act" id="act">
    <h2>${say(desk, words.title)}</h2>
    ${
      mayExit(file, policy) && file.state === "open"
        ? html`<div class="notice good"><p>${say(desk, words.exitReady)}</p></div>`
        : null
    }
    <p class="actions">
      ${declareLink(desk, loaded, "changed")}${declareLink(desk, loaded, "renewed")}
      ${declareLink(desk, loaded, "reopened")}
    </p>
    ${mayChange(file, "verified") ? await verifyForm(desk, loaded, view) : null}
    ${mayChange(file, "to_prevention") ? await preventionForm(desk, loaded, view) : null}
    ${mayChange(file, "closed") ? await closeForm(desk, loaded, view) : null}
  </section>`;
};
