/** The forms of a recovery: money that came back, and a rest that isn't claimed any more. */
import type { Recovery } from "#shared/casework/recover.ts";
import { writeOffReasonMaxLength } from "#shared/domain/recovery.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { attributes, html, lines, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, mayDo, say, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

/** What is wrong with each field. */
export type FormProblems = Readonly<Partial<Record<"amount" | "voucher" | "reason", Text>>>;

interface Item {
  readonly name: "amount" | "voucher" | "reason";
  readonly label: Text;
  readonly hint: Text;
  readonly problem: Text | undefined;
}

const item = (desk: Desk, asked: Item, control: (described: Html) => Html): Html => {
  const { name, label, hint, problem } = asked;
  const described = attributes({
    "aria-describedby": problem ? `${name}-hint ${name}-problem` : `${name}-hint`,
    "aria-invalid": problem ? "true" : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, label)}</label>
    <span class="hint" id="${name}-hint">${say(desk, hint)}</span>
    ${problem && html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>`}
    ${control(described)}
  </div>`;
};

const line = (name: string, typed: string, maxLength: number, described: Html): Html =>
  html`<input
    class="medium"
    type="text"
    id="${name}"
    name="${name}"
    value="${typed}"
    maxlength="${maxLength}"
    ${described}
  />`;

const typedIn = (desk: Desk, name: string): string => desk.request.form[name] ?? "";

export const repaymentForm = async (
  desk: Desk,
  { application, account }: Recovery,
  problems: FormProblems,
): Promise<Html | null> => {
  if (!mayDo(desk, "recover")) return null;
  const amountItem = item(
    desk,
    { name: "amount", label: words.amount, hint: words.amountHint, problem: problems.amount },
    (described) =>
      line("amount", typedIn(desk, "amount") || plainYuan(account.leftFen), 16, described),
  );
  const voucherItem = item(
    desk,
    { name: "voucher", label: words.voucher, hint: words.voucherHint, problem: problems.voucher },
    (described) => line("voucher", typedIn(desk, "voucher"), 40, described),
  );
  return html`<h2>${say(desk, words.bookTitle)}</h2>
    ${await deskForm(
      desk,
      paths.desk("recovery", application.id, "repayments"),
      html`${amountItem}${voucherItem}
        <p class="actions"><button>${say(desk, words.book)}</button></p>`,
    )}`;
};

const confirmPart = async (desk: Desk, { application, account }: Recovery): Promise<Html> => {
  const { proposal } = account;
  const { staff } = await desk.uses.directory.organisation();
  const proposer = staff.find(({ id }) => id === proposal?.by)?.name ?? proposal?.by ?? "";
  const isOwn = proposal?.by === desk.session.staff.id;
  return html`<div class="notice wait">
    <p>${say(desk, words.proposed)}</p>
    <p class="soft">${say(desk, words.proposedBy)}：${proposer}</p>
    <p>${lines(proposal?.reason ?? "")}</p>
    ${isOwn ? html`<p>${say(desk, words.ownProposal)}</p>` : null}
    ${
      mayDo(desk, "confirm_write_off") && !isOwn
        ? await deskForm(
            desk,
            paths.desk("recovery", application.id, "write-off-confirmed"),
            html`<input type="hidden" name="version" value="${application.version}" />
              <p class="actions">
                <button class="danger">${say(desk, words.confirm)}</button>
              </p>`,
          )
        : null
    }
  </div>`;
};

/** Proposing a write-off, or the proposal that waits to be confirmed. */
export const writeOffPart = async (
  desk: Desk,
  recovery: Recovery,
  problems: FormProblems,
): Promise<Html | null> => {
  const { application, account } = recovery;
  const proposing =
    mayDo(desk, "propose_write_off") && account.proposal === null
      ? await deskForm(
          desk,
          paths.desk("recovery", application.id, "write-off"),
          html`${item(
              desk,
              {
                name: "reason",
                label: words.reason,
                hint: words.reasonHint,
                problem: problems.reason,
              },
              (described) =>
                html`<textarea
                  id="reason"
                  name="reason"
                  maxlength="${writeOffReasonMaxLength}"
                  ${described}
                >
${typedIn(desk, "reason")}</textarea>`,
            )}
            <p class="actions"><button class="second">${say(desk, words.propose)}</button></p>`,
        )
      : null;
  if (!proposing && account.proposal === null) return null;
  return html`<h2>${say(desk, words.writeOff)}</h2>
    <p class="soft">${say(desk, words.writeOffNote)}</p>
    ${account.proposal ? await confirmPart(desk, recovery) : proposing}`;
};
