/** Opening a file, changing it, declaring it anew and opening it again: one form, four ways to hand it in. */
import {
  declareAgain,
  openHousehold,
  type Declared,
  type FileResult,
} from "#shared/casework/archive-files.ts";
import { membersMax } from "#shared/domain/file-content.ts";
import { baseUnitOf } from "#shared/domain/intake.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { newFileId, type FileId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary, type SummaryLine } from "#shared/web/form.ts";
import { html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { noteAccess } from "../../note-access.ts";
import { linesField, textField } from "../people/fields.ts";
import { reasonProblem } from "./acts.ts";
import {
  declarationFields,
  declarationLines,
  emptyDeclaration,
  noProblems,
  readDeclaration,
  slotsFor,
  typedIn,
  typedOf,
  type DeclarationProblems,
  type DeclarationTyped,
} from "./declaration-form.ts";
import { fileChanged, filePath, isAsShown, ourUnits, withFile, type LoadedFile } from "./load.ts";
import { membersProblemWords, refusalWords } from "./words.ts";

export type Declaring = "opened" | "changed" | "renewed" | "reopened";

const titles: Readonly<Record<Declaring, Text>> = {
  opened: { zh: "建立困难职工档案", en: "Open a hardship file" },
  changed: { zh: "变更档案内容", en: "Change what the file says" },
  renewed: { zh: "重新申报（续期）", en: "Declare anew for another term" },
  reopened: { zh: "恢复在档", en: "Open the file again" },
};

const words = {
  more: { zh: "再加一名成员", en: "Add another member" },
  reason: { zh: "原因和核实情况", en: "Why, and what was checked" },
  reasonHint: { zh: "加密保存在档案历史里", en: "Kept encrypted in the file's history" },
  save: { zh: "核算并保存", en: "Work it out and save" },
  people: { zh: "共同生活人数（选填）", en: "People in the household (optional)" },
  peopleHint: {
    zh: "不填就按上面的成员人数；申请时没有逐一登记的成员也算在内",
    en: "Left empty, those named above; count those whom an application didn't name one by one",
  },
  peopleWrong: {
    zh: "共同生活人数请填整数，不能少于上面填的成员，最多20人",
    en: "Type a whole number of people, no fewer than the members above and at most 20",
  },
  unitNotOurs: { zh: "请选择本单位或下级的工会", en: "Choose your own office or one below it" },
  inOtherFile: {
    zh: "已经在另一份档案里，一个人只能在一份档案里：",
    en: "stands in another file already, and a person is in one file only: ",
  },
  member: { zh: "成员", en: "Member" },
  noCategory: {
    zh: "按核算不符合建档标准，所以没有保存。",
    en: "By the rules the household has no category with a file, so nothing was saved.",
  },
} as const satisfies Record<string, Text>;

interface Shown {
  readonly how: Declaring;
  readonly loaded: LoadedFile | null;
  readonly organisation: Organisation;
  readonly typed: DeclarationTyped;
  readonly problems?: DeclarationProblems;
  readonly further?: readonly SummaryLine[];
  readonly slots?: number;
  readonly reasonWrong?: Text;
  readonly peopleWrong?: true;
}

const actionOf = ({ how, loaded }: Shown): string =>
  loaded ? filePath(loaded.file.id, how) : paths.desk("archive", "new");

/** Shown only where it differs from the members that are named. */
const peopleOf = (loaded: LoadedFile | null): string =>
  loaded && loaded.content.people !== loaded.content.members.length
    ? String(loaded.content.people)
    : "";

/** @returns null for nothing typed, and "wrong" for what is no such number. */
const peopleIn = ({ request }: Desk, members: number): number | null | "wrong" => {
  const typed = (request.form["people"] ?? "").trim();
  if (typed === "") return null;
  const people = Number(typed);
  return Number.isInteger(people) && people >= members && people <= membersMax ? people : "wrong";
};

/** Told from the form, so that the same form sent twice opens one file. */
const newIdField = (desk: Desk) =>
  html`<input
    type="hidden"
    name="newId"
    value="${desk.request.form["newId"] ?? newFileId(desk.uses.random(8))}"
  />`;

const declarePage = async (desk: Desk, shown: Shown): Promise<PageResponse> => {
  const { locale } = desk.request;
  const { how, loaded, typed, problems = noProblems, further = [], reasonWrong } = shown;
  const view = {
    values: desk.request.form,
    problem: reasonWrong ? { field: "reason", says: reasonWrong } : null,
  };
  const peopleView = {
    values: { people: desk.request.form["people"] ?? peopleOf(loaded) },
    problem: shown.peopleWrong ? { field: "people", says: words.peopleWrong } : null,
  };
  const summary = [
    ...further,
    ...declarationLines({ ...typed, problems }, locale, membersProblemWords),
    ...(shown.peopleWrong ? [{ href: "#people", words: say(desk, words.peopleWrong) }] : []),
    ...(reasonWrong ? [{ href: "#reason", words: say(desk, reasonWrong) }] : []),
  ];
  const fields = declarationFields(
    {
      typed,
      problems,
      units: ourUnits(desk, shown.organisation),
      locale,
      slots: shown.slots ?? slotsFor(typed),
    },
    html`<p class="actions">
      <button class="second" name="intent" value="more">${say(desk, words.more)}</button>
    </p>`,
  );
  const form = await deskForm(
    desk,
    actionOf(shown),
    html`${
        loaded
          ? html`<input type="hidden" name="version" value="${loaded.file.version}" />`
          : newIdField(desk)
      }${fields}
      ${textField(desk, peopleView, "people", { label: words.people, hint: words.peopleHint, maxLength: 2 })}
      ${linesField(desk, view, "reason", { label: words.reason, hint: words.reasonHint })}
      <p class="actions"><button>${say(desk, words.save)}</button></p>`,
  );
  const title = say(desk, titles[how]);
  return deskPage(desk, {
    title,
    status: summary.length > 0 ? 422 : 200,
    body: html`${errorSummary(summary, locale)}
      <h1>${title}${loaded ? ` ${loaded.file.id}` : ""}</h1>
      ${form}`,
  });
};

/** What the archive said no to, as lines to mend. */
const refusedLines = (
  desk: Desk,
  result: Exclude<FileResult, { kind: "done" | "stale" }>,
): readonly SummaryLine[] => {
  const line = (said: string): SummaryLine => ({ href: "#members", words: said });
  switch (result.kind) {
    case "refused":
      return [line(say(desk, refusalWords[result.code]))];
    case "person_in_other_file":
      return result.elsewhere.map(({ place, fileId }) =>
        line(`${say(desk, words.member)} ${place + 1} ${say(desk, words.inOtherFile)}${fileId}`),
      );
    case "not_filed": {
      const { refusal, steps } = result.hardship;
      const missed = steps.filter(({ outcome }) => outcome === "missed");
      return [
        line(say(desk, words.noCategory)),
        ...(refusal ? [line(say(desk, refusal.says))] : []),
        ...missed.map((step) => line(say(desk, step.says))),
      ];
    }
  }
};

const newIdIn = ({ request }: Desk): FileId | null => {
  const typed = request.form["newId"] ?? "";
  return /^HF[0-9A-HJKMNP-TV-Z]{8}$/u.test(typed) ? (typed as FileId) : null;
};

const save = (
  desk: Desk,
  { how, loaded }: Shown,
  declared: Declared,
  reason: string,
): Promise<FileResult> => {
  const keeper = { by: desk.session.staff.id, reason };
  if (loaded && how !== "opened") return declareAgain(desk.uses, how, loaded, declared, keeper);
  const id = newIdIn(desk);
  return openHousehold(desk.uses, declared, keeper, id ? { id } : {});
};

const take = async (desk: Desk, shown: Shown): Promise<PageResponse> => {
  const { typed, loaded, organisation } = shown;
  if (desk.request.form["intent"] === "more") {
    return declarePage(desk, { ...shown, slots: slotsFor(typed) + 1 });
  }
  const reason = (desk.request.form["reason"] ?? "").trim();
  const reasonWrong = reasonProblem("reason", reason)?.says;
  const people = peopleIn(desk, typed.members.length);
  const wrong = {
    ...(reasonWrong ? { reasonWrong } : {}),
    ...(people === "wrong" ? { peopleWrong: true as const } : {}),
  };
  const read = readDeclaration(typed, people === "wrong" ? null : people);
  if (read.kind === "problems") {
    return declarePage(desk, { ...shown, ...wrong, problems: read.problems });
  }
  const { declaration } = read;
  const unit = baseUnitOf(ourUnits(desk, organisation), declaration.facts.unitId);
  const further = unit ? [] : [{ href: "#f-unitId", words: say(desk, words.unitNotOurs) }];
  if (!unit || reasonWrong || people === "wrong")
    return declarePage(desk, { ...shown, ...wrong, further });
  const result = await save(desk, shown, { declaration, unit }, reason);
  if (result.kind === "done") return redirect(filePath(result.file.id));
  if (result.kind === "stale" && loaded) return fileChanged(desk, loaded.file.id);
  const refused = result.kind === "stale" ? [] : refusedLines(desk, result);
  return declarePage(desk, { ...shown, further: refused });
};

export const showNewFile = async (desk: Desk): Promise<PageResponse> =>
  declarePage(desk, {
    how: "opened",
    loaded: null,
    organisation: await desk.uses.directory.organisation(),
    typed: emptyDeclaration(),
  });

export const openNewFile = async (desk: Desk): Promise<PageResponse> =>
  take(desk, {
    how: "opened",
    loaded: null,
    organisation: await desk.uses.directory.organisation(),
    typed: typedIn(desk.request.form),
  });

export const showDeclaring =
  (how: Exclude<Declaring, "opened">) =>
  (desk: Desk, typed: string): Promise<PageResponse> =>
    withFile(desk, typed, async (loaded) => {
      await noteAccess(desk, "archive_file", loaded.file.id);
      const { organisation, content } = loaded;
      return declarePage(desk, { how, loaded, organisation, typed: typedOf(content) });
    });

export const takeDeclaring =
  (how: Exclude<Declaring, "opened">) =>
  (desk: Desk, typed: string): Promise<PageResponse> =>
    withFile(desk, typed, async (loaded) => {
      if (!isAsShown(desk, loaded.file)) return fileChanged(desk, loaded.file.id);
      const { organisation } = loaded;
      return take(desk, { how, loaded, organisation, typed: typedIn(desk.request.form) });
    });
