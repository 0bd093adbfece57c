/** What finance and administrators do with a recovery; each form sent twice happens once. */
import {
  bookRepayment,
  proposeToWriteOff,
  writeOff,
  type Recovering,
  type Recovery,
} from "#shared/casework/recover.ts";
import { confirmRefusal, refundProblems, writeOffProblem } from "#shared/domain/recovery.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, forbidden, say, type Desk } from "../../frame.ts";
import { recoveryAt, recoveryPage } from "./case.ts";
import { refundProblemWords, words, writeOffProblemWords } from "./words.ts";

const openRecovery = async (desk: Desk, typed: string): Promise<Recovery | null> => {
  const recovery = await recoveryAt(desk, typed);
  return recovery?.application.status === "recovery_due" ? recovery : null;
};

const refused = (desk: Desk, recovery: Recovery, title: Text, happened: Text): PageResponse =>
  deskMessage(desk, 409, {
    title,
    happened,
    next: {
      zh: "请打开案件核对后再办理。",
      en: "Open the case and look at it again.",
    },
    link: { href: paths.desk("recovery", recovery.application.id), label: words.title },
  });

const answer = (desk: Desk, recovery: Recovery, outcome: Recovering): PageResponse => {
  switch (outcome) {
    case "done":
      return redirect(paths.desk("recovery", recovery.application.id));
    case "booked_before":
      return refused(
        desk,
        recovery,
        { zh: "这个凭证号已经登记过", en: "This voucher is booked already" },
        {
          zh: "同一凭证号在一个案件里只能登记一次，这次没有登记。",
          en: "A voucher is booked once in a case; nothing was booked this time.",
        },
      );
    case "moved":
      return refused(
        desk,
        recovery,
        { zh: "案件刚有变化", en: "The case has just changed" },
        {
          zh: "您打开页面后案件有了变化，这次没有办理。",
          en: "The case changed after you opened the page; nothing was done this time.",
        },
      );
  }
};

/** Books a repayment. */
export const bookBack = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const recovery = await openRecovery(desk, typed);
  if (!recovery) return notFoundPage(desk.request.locale);
  const { form } = desk.request;
  const voucher = (form["voucher"] ?? "").normalize("NFKC").trim();
  const amountFen = parseYuan(form["amount"] ?? "");
  // The same slip again: it is booked, whatever is left now.
  if (recovery.transfers.some((transfer) => transfer.voucher === voucher)) {
    return answer(desk, recovery, "booked_before");
  }
  const problems = refundProblems(recovery.account, { amountFen, voucher });
  if (problems.length > 0 || amountFen === null) {
    const fieldOf = (problem: (typeof problems)[number]) =>
      problem === "voucher_not_valid" ? ("voucher" as const) : ("amount" as const);
    return recoveryPage(desk, {
      recovery,
      problems: Object.fromEntries(
        problems.map((problem) => [fieldOf(problem), refundProblemWords[problem]]),
      ),
      summary: problems.map((problem) => ({
        href: `#${fieldOf(problem)}`,
        words: say(desk, refundProblemWords[problem]),
      })),
    });
  }
  const by = desk.session.staff.id;
  return answer(
    desk,
    recovery,
    await bookRepayment(desk.uses, recovery, { amountFen, voucher, by }),
  );
};

/** Proposes to write off the rest. */
export const propose = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const recovery = await openRecovery(desk, typed);
  if (!recovery) return notFoundPage(desk.request.locale);
  const reason = (desk.request.form["reason"] ?? "").trim();
  const problem = writeOffProblem(reason);
  if (problem) {
    const text = writeOffProblemWords[problem];
    return recoveryPage(desk, {
      recovery,
      problems: { reason: text },
      summary: [{ href: "#reason", words: say(desk, text) }],
    });
  }
  if (recovery.account.proposal) return answer(desk, recovery, "done");
  const by = desk.session.staff.id;
  return answer(desk, recovery, await proposeToWriteOff(desk.uses, recovery, { reason, by }));
};

/** Confirms the write-off as another person than who proposed it. */
export const confirm = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const recovery = await openRecovery(desk, typed);
  if (!recovery) return notFoundPage(desk.request.locale);
  const by = desk.session.staff.id;
  const problem = confirmRefusal(recovery.account, by);
  if (problem === "own_proposal") return forbidden(desk, "own_proposal");
  // What was proposed has changed since the page was made: a repayment voids a proposal.
  if (problem || desk.request.form["version"] !== String(recovery.application.version)) {
    return answer(desk, recovery, "moved");
  }
  return answer(desk, recovery, await writeOff(desk.uses, recovery, by));
};
