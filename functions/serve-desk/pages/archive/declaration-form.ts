/** A household's declaration as a form: the questions of the file, then a block for each member. */
import { answersOf } from "#shared/domain/answers.ts";
import {
  fileForm,
  memberFields,
  membersMax,
  membersProblem,
  type FileDeclaration,
  type FileFacts,
  type MembersProblem,
} from "#shared/domain/file-content.ts";
import { defineForm, readForm, type Answers, type FieldProblem } from "#shared/domain/form.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { fieldItem, formSections, problemLines, type SummaryLine } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";

const memberForm = defineForm<typeof memberFields>({
  fields: memberFields,
  sections: [
    {
      title: { zh: "家庭成员", en: "Members" },
      fields: ["relation", "name", "idNumber", "health", "schoolOrUnit", "yearlyIncome"],
    },
  ],
});

const memberNames = Object.keys(memberFields) as (keyof typeof memberFields)[];

const words = {
  members: { zh: "家庭成员", en: "Members of the household" },
  membersHint: {
    zh: "第一名填职工本人；共同生活的每个人都要填，空着的不算",
    en: "The worker first; everybody who lives in the household; what is left empty doesn't count",
  },
  member: { zh: "成员", en: "Member" },
} as const satisfies Record<string, Text>;

/** What stands in the form: typed, or what the file says now. */
export interface DeclarationTyped {
  readonly file: Answers;
  readonly members: readonly Answers[];
}

type Problems = Readonly<Record<string, FieldProblem>>;

export interface DeclarationProblems {
  readonly file: Problems;
  readonly members: readonly Problems[];
  readonly together: MembersProblem | null;
}

export const noProblems: DeclarationProblems = { file: {}, members: [], together: null };

const slotsAtFirst = 3;

/** The block of a member has fields of its own: "member2_name". */
const prefixOf = (place: number): string => `member${place + 1}_`;

const isEmpty = (member: Answers): boolean =>
  memberNames.every((name) => (member[name] ?? "").trim() === "");

export const emptyDeclaration = (): DeclarationTyped => ({
  file: {
    designatedEventCasualty: "no",
    ownsBusiness: "no",
    highFeeSchool: "no",
    hasVehicle: "no",
  },
  members: [{ relation: "worker", health: "good" }],
});

export const typedOf = (declaration: FileDeclaration): DeclarationTyped => ({
  file: answersOf(fileForm, declaration.facts),
  members: declaration.members.map((member) => answersOf(memberForm, member)),
});

/** What was posted. Blocks that were left empty are kept out, but for the first. */
export const typedIn = (form: Answers): DeclarationTyped => ({
  file: Object.fromEntries(Object.keys(fileForm.fields).map((name) => [name, form[name] ?? ""])),
  members: Array.from({ length: membersMax }, (_slot, place) =>
    Object.fromEntries(memberNames.map((name) => [name, form[`${prefixOf(place)}${name}`] ?? ""])),
  ).filter((member, place) => place === 0 || !isEmpty(member)),
});

export type DeclarationRead =
  | { readonly kind: "declaration"; readonly declaration: FileDeclaration }
  | { readonly kind: "problems"; readonly problems: DeclarationProblems };

/**
 * `people` is how many live in the household; null: those named here. An application may have told of more people
 * than it named.
 */
export const readDeclaration = (
  typed: DeclarationTyped,
  people: number | null,
): DeclarationRead => {
  const file = readForm(fileForm, typed.file);
  const members = typed.members.map((member) => readForm(memberForm, member));
  const read = members.flatMap((member) => (member.kind === "facts" ? [member.facts] : []));
  const all = read.length === members.length;
  const together = all ? membersProblem(read) : null;
  if (file.kind === "problems" || !all || together) {
    return {
      kind: "problems",
      problems: {
        file: file.kind === "problems" ? file.problems : {},
        members: members.map((member) => (member.kind === "problems" ? member.problems : {})),
        together,
      },
    };
  }
  const facts: FileFacts = file.facts;
  return {
    kind: "declaration",
    declaration: { facts, members: read, people: people ?? read.length },
  };
};

const named = (place: number, answers: Answers): Answers =>
  Object.fromEntries(memberNames.map((name) => [`${prefixOf(place)}${name}`, answers[name] ?? ""]));

const namedProblems = (place: number, problems: Problems | undefined): Problems =>
  Object.fromEntries(
    Object.entries(problems ?? {}).map(([name, problem]) => [`${prefixOf(place)}${name}`, problem]),
  );

/** The form of one block, its fields under their own names. */
const blockForm = (place: number) => {
  const fields = Object.fromEntries(
    memberNames.map((name) => [`${prefixOf(place)}${name}`, memberFields[name]]),
  );
  return { fields, sections: [{ title: words.member, fields: Object.keys(fields) }] };
};

export interface ShownDeclaration {
  readonly typed: DeclarationTyped;
  readonly problems: DeclarationProblems;
  readonly units: readonly Unit[];
  readonly locale: Locale;
  /** Blocks to show: one more than there are members, or as many as were asked for. */
  readonly slots: number;
}

export const slotsFor = ({ members }: DeclarationTyped): number =>
  Math.min(membersMax, Math.max(slotsAtFirst, members.length + 1));

const memberBlock = (shown: ShownDeclaration, place: number): Html => {
  const { typed, problems, locale } = shown;
  const form = blockForm(place);
  const view = {
    form,
    answers: named(place, typed.members[place] ?? {}),
    problems: namedProblems(place, problems.members[place]),
    locale,
    units: [],
  };
  return html`<div class="panel">
    <fieldset class="item">
      <legend>${inLocale(words.member, locale)} ${place + 1}</legend>
      ${Object.keys(form.fields).map((name) => fieldItem(view, name))}
    </fieldset>
  </div>`;
};

/** All questions; the page adds the button for another member, the reason, the last button and the tokens. */
export const declarationFields = (shown: ShownDeclaration, afterMembers: Html): Html => {
  const { typed, problems, units, locale } = shown;
  const view = { form: fileForm, answers: typed.file, problems: problems.file, units, locale };
  return html`<section class="section" id="members">
      <h2>${inLocale(words.members, locale)}</h2>
      <p>${inLocale(words.membersHint, locale)}</p>
      ${Array.from({ length: shown.slots }, (_slot, place) => memberBlock(shown, place))}
      ${afterMembers}
    </section>
    ${formSections(view)}`;
};

/** The summary's lines: the file's questions, then each member's, then what is wrong with them together. */
export const declarationLines = (
  { problems }: DeclarationTyped & { readonly problems: DeclarationProblems },
  locale: Locale,
  togetherWords: Readonly<Record<MembersProblem, Text>>,
): readonly SummaryLine[] => [
  ...problems.members.flatMap((one, place) =>
    problemLines({
      form: blockForm(place),
      problems: namedProblems(place, one),
      locale,
    }).map(({ href, words: said }) => ({
      href,
      words: `${inLocale(words.member, locale)} ${place + 1} · ${said}`,
    })),
  ),
  ...problemLines({ form: fileForm, problems: problems.file, locale }),
  ...(problems.together
    ? [{ href: "#members", words: inLocale(togetherWords[problems.together], locale) }]
    : []),
];
