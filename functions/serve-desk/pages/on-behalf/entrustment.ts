/** The authorisation to print and sign (代办委托和知情同意书): its consents are the form's own, word for word. */
import { commonFields } from "#shared/domain/household.ts";
import { entrustmentPaper } from "#shared/domain/entrustment.ts";
import type { Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { deskPage, say, type Desk } from "../../frame.ts";

const words = {
  hint: {
    zh: "用浏览器的“打印”打印这一页，请职工本人看过、听过以后签字，拍照作为材料上传。",
    en: "Print this page with your browser, have the worker read or hear it and sign, and send a photo of it as a paper.",
  },
  back: { zh: "返回代办申请", en: "Back" },
  worker: { zh: "职工姓名", en: "Worker's name" },
  idNumber: { zh: "身份证号", en: "ID number" },
  programme: { zh: "申请项目", en: "Programme" },
  authorises: {
    zh: "我委托下面的工会工作人员，按我口述的情况和我提供的材料，代我填写并提交上面项目的申请。填写的内容已经念给我听，属实；如不属实，救助款要退回。",
    en: "I authorise the union officer named below to fill in and send this application for me, from what I say and the papers I give. It was read out to me and is true; if it is not, the money has to be paid back.",
  },
  consents: { zh: "我分别同意（同意的打勾）", en: "I agree separately to (tick each)" },
  receipt: {
    zh: "提交后我会拿到写有受理编号和查询码的回执；查询码只有我自己保管。",
    en: "After it is sent I get a receipt with the reference and the access code, which I alone keep.",
  },
  signed: { zh: "职工签字", en: "Worker's signature" },
  officer: { zh: "代办人（工会工作人员）签字", en: "Officer's signature" },
  day: { zh: "日期", en: "Day" },
} as const satisfies Record<string, Text>;

const consentLabels: readonly Text[] = Object.values(commonFields)
  .filter(({ kind }) => kind === "consent")
  .map(({ label }) => label);

const blank = (desk: Desk, label: Text): Html =>
  html`<dt>${say(desk, label)}</dt>
    <dd>＿＿＿＿＿＿＿＿＿＿＿＿</dd>`;

const boxes = (desk: Desk, labels: readonly Text[]): Html =>
  html`<ul class="files">
    ${labels.map((label) => html`<li>☐ ${say(desk, label)}</li>`)}
  </ul>`;

export const showEntrustment = (desk: Desk): Promise<PageResponse> =>
  deskPage(desk, {
    title: say(desk, entrustmentPaper.title),
    body: html`<p class="unprinted">
        <a href="${paths.desk("on-behalf")}">${say(desk, words.back)}</a>
      </p>
      <h1>${say(desk, entrustmentPaper.title)}</h1>
      <p class="notice unprinted">${say(desk, words.hint)}</p>
      <dl class="facts">${blank(desk, words.worker)}${blank(desk, words.idNumber)}</dl>
      <h2>${say(desk, words.programme)}</h2>
      ${boxes(
        desk,
        programmes.map(({ title }) => title),
      )}
      <p>${say(desk, words.authorises)}</p>
      <h2>${say(desk, words.consents)}</h2>
      ${boxes(desk, consentLabels)}
      <p>${say(desk, words.receipt)}</p>
      <dl class="facts">
        ${blank(desk, words.signed)}${blank(desk, words.officer)}${blank(desk, words.day)}
      </dl>`,
  });
