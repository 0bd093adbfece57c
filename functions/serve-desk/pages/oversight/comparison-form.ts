/** What two branches agree on, as an administrator types it. The passphrase is never shown again. */
import {
  branchNameMax,
  passphraseMax,
  passphraseMin,
  type Agreement,
} from "#shared/domain/branch-comparison.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { say, type Desk } from "../../frame.ts";
import { textField, type FormView } from "../people/fields.ts";

const words = {
  passphrase: { zh: "约定口令", en: "Passphrase" },
  passphraseHint: {
    zh: `双方当面或电话约定，至少 ${passphraseMin} 个字符，双方输入必须完全一致。系统不保存，比对结束后请作废。`,
    en: `Agreed on face to face or by phone, at least ${passphraseMin} characters, typed the same by both. It is not stored; give it up after the comparison.`,
  },
  from: { zh: "申请日期从", en: "Applied from" },
  to: { zh: "到（含当天）", en: "to, that day included" },
  branch: { zh: "对方单位名称", en: "The other branch's name" },
  passphraseShort: {
    zh: `约定口令要有 ${passphraseMin} 到 ${passphraseMax} 个字符`,
    en: `The passphrase needs ${passphraseMin} to ${passphraseMax} characters`,
  },
  dayWrong: {
    zh: "请填写真实的日期，例如 2026-07-01",
    en: "Type a real day, such as 2026-07-01",
  },
  orderWrong: { zh: "结束日期不能早于开始日期", en: "The last day can't be before the first" },
  branchRequired: { zh: "请填写对方单位名称", en: "Name the other branch" },
  branchWrong: {
    zh: `单位名称最多 ${branchNameMax} 个字，不要用“#”和“|”`,
    en: `The branch's name has at most ${branchNameMax} characters, and no # or |`,
  },
} as const satisfies Record<string, Text>;

/** A password field, since somebody may stand behind; it comes back empty. */
const passphraseField = (desk: Desk, view: FormView): Html => {
  const wrong = view.problem?.field === "passphrase" ? view.problem.says : null;
  const input = attributes({
    id: "passphrase",
    name: "passphrase",
    type: "password",
    autocomplete: "off",
    maxlength: String(passphraseMax),
    "aria-describedby": wrong ? "passphrase-hint passphrase-problem" : "passphrase-hint",
    "aria-invalid": wrong ? "true" : null,
  });
  return html`<div class="${wrong ? "item wrong" : "item"}">
    <label for="passphrase">${say(desk, words.passphrase)}</label>
    <span class="hint" id="passphrase-hint">${say(desk, words.passphraseHint)}</span>
    ${wrong ? html`<span class="problem" id="passphrase-problem">${say(desk, wrong)}</span>` : null}
    <input${input} />
  </div>`;
};

export const agreementFields = (desk: Desk, view: FormView): Html =>
  html`${passphraseField(desk, view)}
  ${textField(desk, view, "from", { label: words.from, maxLength: 10 })}
  ${textField(desk, view, "to", { label: words.to, maxLength: 10 })}`;

export const branchField = (desk: Desk, view: FormView): Html =>
  textField(desk, view, "branch", { label: words.branch, maxLength: branchNameMax });

const problem = (field: string, says: Text): NonNullable<FormView["problem"]> => ({ field, says });

/** The agreement as typed, or the first thing that is wrong with it. */
export const readAgreement = ({ request }: Desk): Agreement | NonNullable<FormView["problem"]> => {
  const passphrase = (request.form["passphrase"] ?? "").trim();
  const length = Array.from(passphrase).length;
  if (length < passphraseMin || length > passphraseMax) {
    return problem("passphrase", words.passphraseShort);
  }
  const from = parseLocalDate((request.form["from"] ?? "").trim());
  if (!from) return problem("from", words.dayWrong);
  const to = parseLocalDate((request.form["to"] ?? "").trim());
  if (!to) return problem("to", words.dayWrong);
  return to < from ? problem("to", words.orderWrong) : { passphrase, from, to };
};

/** The other branch's name: it stands in a key, so what parts keys is refused. */
export const readBranch = ({ request }: Desk): string | NonNullable<FormView["problem"]> => {
  const branch = (request.form["branch"] ?? "").trim();
  if (branch === "") return problem("branch", words.branchRequired);
  const fits = Array.from(branch).length <= branchNameMax && !/[#|\p{Cc}\p{Cf}]/u.test(branch);
  return fits ? branch : problem("branch", words.branchWrong);
};
