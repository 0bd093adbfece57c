/** What the rules found: flags first and in the open, every rule with its clause below. */
import type { Assessment, RuleStep } from "#shared/domain/assessment.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";

const words = {
  reasons: { zh: "规则核对（逐条）", en: "What the rules found, one by one" },
  flags: { zh: "请留意", en: "Please look at" },
  met: { zh: "符合", en: "met" },
  missed: { zh: "不符合", en: "not met" },
  applied: { zh: "计算", en: "worked out" },
  flagged: { zh: "需留意", en: "to look at" },
} as const satisfies Record<string, Text>;

const marks: Readonly<Record<RuleStep["outcome"], string>> = {
  met: "✓",
  missed: "✗",
  applied: "＝",
  flagged: "!",
};

/** @returns null where nothing wants a person's eye. */
export const flagsNotice = (assessment: Assessment | undefined, locale: Locale): Html | null =>
  !assessment || assessment.flags.length === 0
    ? null
    : html`<div class="notice wait">
        <h2>${inLocale(words.flags, locale)}</h2>
        <ul>
          ${assessment.flags.map((flag) => html`<li>${inLocale(flag, locale)}</li>`)}
        </ul>
      </div>`;

/** Folded for a case that the rules bear out whole; open where they don't. */
export const reasonsPart = (assessment: Assessment | undefined, locale: Locale): Html | null => {
  if (!assessment) return null;
  const open = assessment.recommendation === "refuse" || assessment.flags.length > 0;
  return html`<details class="fold" ${attributes({ open })}>
    <summary><h2>${inLocale(words.reasons, locale)}</h2></summary>
    <ul class="files" id="reasons">
      ${assessment.steps.map(
        (step) =>
          html`<li>
            <span aria-hidden="true">${marks[step.outcome]}</span
            ><span class="unseen">${inLocale(words[step.outcome], locale)}</span>
            ${inLocale(step.says, locale)} <span class="soft small">${step.clause}</span>
          </li>`,
      )}
    </ul>
  </details>`;
};
