/** Opening a fund, or changing its terms: an order like any other, that a second person authorises. */
import { fundSources, sourceTitles, termsOf, plainTerms, type Fund } from "#shared/domain/fund.ts";
import { categoryTitles } from "#shared/domain/assessment.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { say, type Desk } from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { selectField, textField, ticksField, type FormView } from "../people/fields.ts";
import { officeWords } from "./earmark-words.ts";
import { orderFormPage, readHead, viewOf } from "./order-form.ts";
import { orderWords } from "./order-words.ts";
import { propose } from "./propose.ts";
import { readTerms } from "./read-terms.ts";
import { fileChoices, termsWords as words } from "./terms-words.ts";

/** What the form holds of a fund as it stands. */
const valuesOf = (fund: Fund | null): Readonly<Record<string, string>> => {
  const terms = fund ? termsOf(fund) : plainTerms("UNION");
  const { earmark, limits } = terms;
  const yuanText = (amount: (typeof limits)["perAwardMaxFen"]): string =>
    amount === null || amount === 0 ? "" : plainYuan(amount);
  return {
    id: fund?.id ?? "",
    nameZh: fund ? terms.name.zh : "",
    nameEn: fund ? terms.name.en : "",
    source: terms.source,
    unit: terms.unitId ?? "",
    year: terms.year === null ? "" : String(terms.year),
    useOrder: String(terms.useOrder),
    files: earmark.files ?? "",
    purpose: earmark.purpose ?? "",
    perAward: yuanText(limits.perAwardMaxFen),
    perYear: yuanText(limits.perPersonYearMaxFen),
    reserve: yuanText(terms.reserveLineFen),
    ...(terms.carryOver ? { carryOver: "yes" } : {}),
    ...Object.fromEntries((earmark.programmes ?? []).map((id) => [`programme_${id}`, "yes"])),
    ...Object.fromEntries((earmark.categories ?? []).map((id) => [`category_${id}`, "yes"])),
  };
};

const whoseFields = async (desk: Desk, view: FormView, fund: Fund | null): Promise<Html> => {
  const organisation = await desk.uses.directory.organisation();
  const { locale } = desk.request;
  const city = inLocale(officeWords({ unitId: null }, organisation), locale);
  const units = organisation.units
    .filter(({ tier }) => tier !== "city")
    .map(({ id, name }) => ({ value: id, label: inLocale(name, locale) }));
  const sources = fundSources.map((source) => ({
    value: source,
    label: inLocale(sourceTitles[source], locale),
  }));
  return html`${
    fund
      ? html`<input type="hidden" name="id" value="${fund.id}" />`
      : textField(desk, view, "id", { label: words.id, hint: words.idHint, maxLength: 40 })
  }
  ${textField(desk, view, "nameZh", { label: words.nameZh, maxLength: 40 })}
  ${textField(desk, view, "nameEn", { label: words.nameEn, maxLength: 80 })}
  ${selectField(desk, view, "source", {
    label: words.source,
    hint: words.sourceHint,
    options: sources,
  })}
  ${selectField(desk, view, "unit", {
    label: words.unit,
    hint: words.unitHint,
    options: [{ value: "", label: city }, ...units],
  })}
  ${textField(desk, view, "year", { label: words.year, hint: words.yearHint, maxLength: 4 })}
  ${ticksField(desk, view, "yearEnd", {
    label: words.yearEnd,
    boxes: [{ name: "carryOver", label: words.carryOver }],
  })}`;
};

const earmarkFields = (desk: Desk, view: FormView): Html =>
  html`${ticksField(desk, view, "programmes", {
    label: words.programmes,
    hint: words.anyHint,
    boxes: programmes.map(({ id, title }) => ({ name: `programme_${id}`, label: title })),
  })}
  ${ticksField(desk, view, "categories", {
    label: words.categories,
    hint: words.anyHint,
    boxes: Object.entries(categoryTitles).map(([code, label]) => ({
      name: `category_${code}`,
      label,
    })),
  })}
  ${selectField(desk, view, "files", {
    label: words.files,
    options: fileChoices.map(({ value, label }) => ({
      value,
      label: inLocale(label, desk.request.locale),
    })),
  })}
  ${textField(desk, view, "purpose", {
    label: words.purpose,
    hint: words.purposeHint,
    maxLength: 100,
  })}`;

const limitFields = (desk: Desk, view: FormView): Html =>
  html`${textField(desk, view, "perAward", {
    label: words.perAward,
    hint: words.noneHint,
    maxLength: 16,
  })}
  ${textField(desk, view, "perYear", {
    label: words.perYear,
    hint: words.noneHint,
    maxLength: 16,
  })}
  ${textField(desk, view, "reserve", {
    label: words.reserve,
    hint: words.reserveHint,
    maxLength: 16,
  })}
  ${textField(desk, view, "useOrder", {
    label: words.useOrder,
    hint: words.useOrderHint,
    maxLength: 3,
  })}`;

const termsPage = async (
  desk: Desk,
  fund: Fund | null,
  problem: FormView["problem"],
): Promise<PageResponse> => {
  const sent = Object.keys(desk.request.form).length > 0;
  const view = viewOf(desk, problem, sent ? {} : valuesOf(fund));
  const section = (title: Text, fields: Html): Html =>
    html`<section class="section">
      <h2>${say(desk, title)}</h2>
      ${fields}
    </section>`;
  return orderFormPage(desk, {
    title: fund ? orderWords.changeTerms : orderWords.openFund,
    action: paths.desk("funds", "terms"),
    view,
    fields: html`${fund ? html`<input type="hidden" name="fund" value="${fund.id}" />` : null}
    ${section(words.whose, await whoseFields(desk, view, fund))}
    ${section(words.mayPay, earmarkFields(desk, view))}
    ${section(words.limits, limitFields(desk, view))}`,
  });
};

export const showTerms = async (desk: Desk): Promise<PageResponse> => {
  const asked = desk.request.query["fund"];
  if (asked === undefined) return termsPage(desk, null, null);
  const fund = await loadFund(desk, asked);
  return fund ? termsPage(desk, fund, null) : notFoundPage(desk.request.locale);
};

export const proposeTerms = async (desk: Desk): Promise<PageResponse> => {
  const { form, locale } = desk.request;
  const asked = form["fund"];
  const fund = asked === undefined ? null : await loadFund(desk, asked);
  if (asked !== undefined && !fund) return notFoundPage(locale);
  const read = await readTerms(desk, fund);
  if (read.kind === "problem") return termsPage(desk, fund, read);
  const head = readHead(desk);
  if (head.kind === "problem") return termsPage(desk, fund, head);
  const { id, voucher, reason } = head;
  const opens = [{ id: read.id, terms: read.terms }];
  return propose(desk, id, { kind: "terms", voucher, reason, lines: [], opens, formula: null });
};
