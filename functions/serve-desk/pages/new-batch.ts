/** Making a batch: for each fund what is to be paid, and who would be left out and why, before anything is made. */
import { bankCheckOf } from "#shared/domain/bank-row.ts";
import { bankProfileOf } from "#shared/exports/bank-profiles.ts";
import { payableNow, type PayableNow } from "#shared/casework/look-at-payment.ts";
import { startBatch } from "#shared/casework/signal-batch.ts";
import { inScope, type BatchScope } from "#shared/domain/batch-scope.ts";
import { batchItemsMax, newBatch } from "#shared/domain/disbursement.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { remarkTitles, type PaymentRemark } from "#shared/domain/payment-check.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { newBatchId } from "#shared/kernel/ids.ts";
import { chineseCapitals } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, lastDayBefore } from "#shared/web/figures.ts";
import { labelled } from "#shared/web/messages.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { count, deskForm, deskMessage, deskPage, factRow, say, type Desk } from "../frame.ts";
import { loadFund } from "../load-fund.ts";
import { scopeForm, scopeTyped } from "./batches/scope.ts";

/** So many of each fund are looked at one by one when the page of all funds opens; a fund's own page looks at all. */
const checksMax = 100;
/** So many references stand under each reason; the batch's page lists them all. */
const namedMax = 20;

const words = {
  title: { zh: "归集发放批次", en: "Make a batch" },
  lead: {
    zh: `一个批次只用一项资金，最多 ${count(batchItemsMax)} 笔。归集后金额锁定，由另一位财务人员授权后才生成银行文件。`,
    en: `A batch pays out of one fund, at most ${count(batchItemsMax)} payments. Its sum is then fixed, and another person authorises it before the bank file is written.`,
  },
  payable: { zh: "待发放", en: "To be paid" },
  payments: { zh: "笔", en: "payments" },
  due: { zh: "最早到账期限", en: "First due by" },
  overdue: { zh: "已超期", en: "overdue" },
  nothing: { zh: "以下资金目前没有待发放的案件：", en: "Nothing is to be paid out of:" },
  nothingAtAll: { zh: "目前没有待发放的案件。", en: "Nothing is to be paid at present." },
  ready: { zh: "本次将列入", en: "Goes into the batch" },
  held: { zh: "本次不列入", en: "Left out of it" },
  heldLead: {
    zh: "以下案件不列入，其他人照常发放；原因消除后再归集。",
    en: "These are left out and nobody else is held up; assemble again once the reason is gone.",
  },
  andMore: { zh: "等", en: "and more" },
  checkedFirst: {
    zh: `已预检最早的 ${checksMax} 件，其余在归集时复核。`,
    en: `The oldest ${checksMax} were looked at; the rest are when the batch is made.`,
  },
  checkAll: { zh: "全部预检", en: "Look at all of them" },
  allFunds: { zh: "查看全部资金", en: "See all funds" },
  noneReady: {
    zh: "目前没有一件可以列入，归集后批次会自动作废。",
    en: "None can go in at present: a batch would come out empty and be voided.",
  },
  assemble: { zh: "归集", en: "Assemble" },
  seeFund: { zh: "查看该项资金", en: "See the fund" },
} as const satisfies Record<string, Text>;

const assembleForm = (desk: Desk, fund: Fund, scope: BatchScope): Promise<Html> => {
  // Drawn with the page: sending the same form twice names the same batch, so there is one.
  const nonce = Buffer.from(desk.uses.random(16)).toString("base64url");
  const label = `${labelled(words.assemble, desk.request.locale)}${say(desk, fund.name)}`;
  return deskForm(
    desk,
    paths.desk("batches", "new"),
    html`<input type="hidden" name="fund" value="${fund.id}" />
      <input type="hidden" name="nonce" value="${nonce}" />
      <input type="hidden" name="programme" value="${scope.programmeId ?? ""}" />
      <input type="hidden" name="unit" value="${scope.unitId ?? ""}" />
      <p class="actions"><button>${label}</button></p>`,
  );
};

const dueRow = (desk: Desk, { dueAt }: PayableNow): Html | null => {
  if (dueAt === null) return null;
  const overdue = dueAt <= desk.uses.clock.now();
  return factRow(
    say(desk, words.due),
    html`${lastDayBefore(dueAt, desk.request.locale)}
    ${overdue ? html`<span class="tag wrong">${say(desk, words.overdue)}</span>` : null}`,
  );
};

/** Reasons with how many and which cases, the most frequent first. */
const heldPart = (desk: Desk, held: readonly PaymentRemark[]): Html | null => {
  if (held.length === 0) return null;
  const byCode = Map.groupBy(held, ({ code }) => code);
  const groups = [...byCode].toSorted((a, b) => b[1].length - a[1].length);
  return html`<div class="notice wait">
    <h3>${say(desk, words.held)} ${count(held.length)} ${say(desk, words.payments)}</h3>
    <p>${say(desk, words.heldLead)}</p>
    <ul>
      ${groups.map(
        ([code, those]) =>
          html`<li>
            <strong>${say(desk, remarkTitles[code])}</strong> (${count(those.length)})
            ${those
              .slice(0, namedMax)
              .map(
                ({ applicationId }) =>
                  html` <a class="nowrap" href="${paths.desk("case", applicationId)}"
                    >${applicationId}</a
                  >`,
              )}
            ${those.length > namedMax ? say(desk, words.andMore) : null}
          </li>`,
      )}
    </ul>
  </div>`;
};

/** What would go in, in figures and, for whoever signs, in words. */
const readyRow = (desk: Desk, payable: PayableNow): Html => {
  const { locale } = desk.request;
  const capitals =
    locale === "zh-CN" && payable.ready > 0
      ? html`<br />${chineseCapitals(payable.readyFen)}`
      : null;
  return factRow(
    say(desk, words.ready),
    html`<strong
        >${count(payable.ready)} ${say(desk, words.payments)} ·
        ${amount(payable.readyFen, locale)}</strong
      >${capitals}`,
  );
};

const fundPart = async (
  desk: Desk,
  fund: Fund,
  payable: PayableNow,
  scope: BatchScope,
): Promise<Html> => {
  const isWhole = payable.checked >= payable.waiting;
  const id = `fund-${fund.id}`;
  return html`<section class="section" aria-labelledby="${id}">
    <h2 id="${id}">${say(desk, fund.name)}</h2>
    <dl class="facts">
      ${factRow(
        say(desk, words.payable),
        `${count(payable.waiting)} ${say(desk, words.payments)} · ${amount(payable.waitingFen, desk.request.locale)}`,
      )}
      ${isWhole ? readyRow(desk, payable) : null}${dueRow(desk, payable)}
    </dl>
    ${
      isWhole
        ? null
        : html`<p>
            ${say(desk, words.checkedFirst)}
            <a href="${paths.desk("batches", "new")}?fund=${encodeURIComponent(fund.id)}"
              >${say(desk, words.checkAll)}</a
            >
          </p>`
    }
    ${heldPart(desk, payable.held)}
    ${isWhole && payable.ready === 0 ? html`<p>${say(desk, words.noneReady)}</p>` : null}
    ${await assembleForm(desk, fund, scope)}
  </section>`;
};

export const showNewBatch = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const scope = scopeTyped(desk.request.query, organisation);
  const all = await desk.uses.funds.all();
  const only = all.find(({ id }) => id === desk.request.query["fund"]);
  const funds = only ? [only] : all;
  const looked = await Promise.all(
    funds.map(async (fund) => ({
      fund,
      payable: await payableNow(
        desk.uses,
        fund.id,
        only ? batchItemsMax : checksMax,
        bankCheckOf(bankProfileOf(fund.payingAccount), fund.payingAccount),
        inScope(scope, organisation),
      ),
    })),
  );
  const some = looked.filter(({ payable }) => payable.waiting > 0);
  const none = looked.filter(({ payable }) => payable.waiting === 0);
  const parts = await Promise.all(
    some.map(({ fund, payable }) => fundPart(desk, fund, payable, scope)),
  );
  const names = none.map(({ fund }) => say(desk, fund.name));
  const empty =
    names.length === 0
      ? null
      : html`<p class="soft">
          ${say(desk, words.nothing)}${names.join(desk.request.locale === "zh-CN" ? "、" : ", ")}
        </p>`;
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      ${scopeForm(desk, organisation, scope)}
      ${some.length === 0 ? html`<p>${say(desk, words.nothingAtAll)}</p>` : parts}${empty}
      ${
        only
          ? html`<p><a href="${paths.desk("batches", "new")}">${say(desk, words.allFunds)}</a></p>`
          : null
      }`,
  });
};

/** The nightly audit found a difference in this fund, and nobody has cleared it yet. */
const frozenFund = (desk: Desk, fund: Fund): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "该项资金已冻结", en: "This fund is frozen" },
    happened: {
      zh: `夜间核账发现“${fund.name.zh}”的账目有差异，没有生成批次。已预留的资金不受影响。`,
      en: `The nightly audit found a difference in “${fund.name.en}”, so no batch was made. What is reserved stays reserved.`,
    },
    next: {
      zh: "请管理员查明原因并解除冻结后再归集。",
      en: "Ask an administrator to find the cause and lift the freeze, then assemble again.",
    },
    link: { href: paths.desk("funds", fund.id), label: words.seeFund },
  });

/** Makes the batch and starts its execution, which fills it. */
export const createBatch = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const fund = await loadFund(desk, request.form["fund"] ?? "");
  const nonce = request.form["nonce"] ?? "";
  if (!fund || !/^[\w-]{22}$/u.test(nonce)) return notFoundPage(request.locale);
  const at = uses.clock.now();
  const signed = await uses.vault.sign("batch-id", `${session.tokenHash}|${nonce}`);
  const batch = newBatch(newBatchId(localDateOf(at), Buffer.from(signed, "base64url")), {
    fundId: fund.id,
    makerId: session.staff.id,
    at,
    payingAccount: fund.payingAccount,
    scope: scopeTyped(request.form, await uses.directory.organisation()),
  });
  const made = await uses.batches.create(batch);
  if (made === "fund_frozen") return frozenFund(desk, fund);
  // Taken: the same form was sent before, and its batch is there.
  if (made === "created") await startBatch(uses, batch);
  return redirect(paths.desk("batches", batch.id));
};
