/** Looking again, watching and closing a file. What can't be taken comes back with all that was typed. */
import {
  closeHousehold,
  preventHousehold,
  verifyHousehold,
  type FileResult,
} from "#shared/casework/archive-files.ts";
import { closingReasons } from "#shared/domain/hardship-file.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import type { Desk } from "../../frame.ts";
import type { FormView } from "../people/fields.ts";
import { filePage } from "./file.ts";
import { fileChanged, filePath, isAsShown, withFile, type LoadedFile } from "./load.ts";
import { refusalWords } from "./words.ts";

const reasonMax = 500;

const words = {
  reasonRequired: refusalWords.reason_required,
  reasonLong: {
    zh: `最多${reasonMax}个字，请缩短`,
    en: `Shorten it to at most ${reasonMax} characters`,
  },
  monthsWrong: { zh: "月数请填 1 到 12 的整数", en: "Type a whole number of months from 1 to 12" },
  incomeWrong: {
    zh: "收入请填数字，最多两位小数，不要逗号，例如 9600",
    en: "Type the income in digits, with at most two decimals and no commas, such as 9600",
  },
  whyRequired: { zh: "请选择退档原因", en: "Choose why it is closed" },
} as const satisfies Record<string, Text>;

type Problem = NonNullable<FormView["problem"]>;

const typedIn = ({ request }: Desk, name: string): string => (request.form[name] ?? "").trim();

/** What is wrong with a reason, or null. */
export const reasonProblem = (field: string, typed: string): Problem | null => {
  if (typed === "") return { field, says: words.reasonRequired };
  return Array.from(typed).length > reasonMax ? { field, says: words.reasonLong } : null;
};

const again = (desk: Desk, loaded: LoadedFile, problem: Problem): Promise<PageResponse> =>
  filePage(desk, loaded, { values: desk.request.form, problem });

/** After an act: the file as it stands, or why not, beside the field that it is about. */
const answer = async (
  desk: Desk,
  loaded: LoadedFile,
  field: string,
  result: FileResult,
): Promise<PageResponse> => {
  switch (result.kind) {
    case "done":
      return redirect(filePath(loaded.file.id));
    case "refused":
      return again(desk, loaded, { field, says: refusalWords[result.code] });
    case "stale":
    case "not_filed":
    case "person_in_other_file":
      return fileChanged(desk, loaded.file.id);
  }
};

const acting = (
  desk: Desk,
  typed: string,
  act: (loaded: LoadedFile) => Promise<PageResponse>,
): Promise<PageResponse> =>
  withFile(desk, typed, async (loaded) =>
    isAsShown(desk, loaded.file) ? act(loaded) : fileChanged(desk, loaded.file.id),
  );

const monthsMax = 12;

export const verifyFilePage = (desk: Desk, typed: string): Promise<PageResponse> =>
  acting(desk, typed, async (loaded) => {
    const months = Number(typedIn(desk, "months"));
    const incomeFen = parseYuan(typedIn(desk, "income"));
    const reason = typedIn(desk, "verifyReason");
    if (!Number.isInteger(months) || months < 1 || months > monthsMax) {
      return again(desk, loaded, { field: "months", says: words.monthsWrong });
    }
    if (incomeFen === null)
      return again(desk, loaded, { field: "income", says: words.incomeWrong });
    const problem = reasonProblem("verifyReason", reason);
    if (problem) return again(desk, loaded, problem);
    const causeGone = desk.request.form["causeGone"] === "yes";
    const keeper = { by: desk.session.staff.id, reason };
    const looked = { months, incomeFen, causeGone };
    return answer(
      desk,
      loaded,
      "verifyReason",
      await verifyHousehold(desk.uses, loaded, looked, keeper),
    );
  });

export const preventFilePage = (desk: Desk, typed: string): Promise<PageResponse> =>
  acting(desk, typed, async (loaded) => {
    const reason = typedIn(desk, "preventionReason");
    const problem = reasonProblem("preventionReason", reason);
    if (problem) return again(desk, loaded, problem);
    const keeper = { by: desk.session.staff.id, reason };
    return answer(
      desk,
      loaded,
      "preventionReason",
      await preventHousehold(desk.uses, loaded, keeper),
    );
  });

export const closeFilePage = (desk: Desk, typed: string): Promise<PageResponse> =>
  acting(desk, typed, async (loaded) => {
    const why = closingReasons.find((one) => one === typedIn(desk, "why"));
    const reason = typedIn(desk, "closeReason");
    if (!why) return again(desk, loaded, { field: "why", says: words.whyRequired });
    const problem = reasonProblem("closeReason", reason);
    if (problem) return again(desk, loaded, problem);
    const keeper = { by: desk.session.staff.id, reason };
    return answer(desk, loaded, "why", await closeHousehold(desk.uses, loaded, why, keeper));
  });
