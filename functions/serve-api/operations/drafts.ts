/** Applications: begun, filled in, read again. */
import * as z from "zod";
import { codeHash } from "#shared/casework/access-code.ts";
import { policyDayOf, programmeOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import { newDraft } from "#shared/domain/draft.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { newAccessCode, newApplicationId } from "#shared/kernel/ids.ts";
import type { Locale } from "#shared/kernel/text.ts";
import { paths } from "#shared/web/paths.ts";
import { isOpen, outOfSeason, seasonNow } from "#shared/web/season.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import {
  answersFrom,
  answersSchema,
  answersToJson,
  wrongAnswers,
  type AnswersJson,
} from "../answers-json.ts";
import {
  done,
  operation,
  ownCase,
  refused,
  type Answer,
  type Call,
  type NamedRequest,
  type Operation,
} from "../operation.ts";
import { etagOf, versionOf } from "../version.ts";
import { caseBody } from "../views/case-view.ts";

interface NewApplication {
  readonly programmeId: string;
  readonly answers?: AnswersJson | undefined;
  readonly locale?: Locale | undefined;
}

const locales = z.enum(["zh-CN", "en"]);

const newApplicationOf = (programme: EveryProgramme) =>
  z.strictObject({
    programmeId: z.literal(programme.id),
    answers: answersSchema(programme).optional(),
    locale: locales.optional(),
  });

let newApplication: z.ZodType<NewApplication> | undefined;

/** One shape for each programme, made when it is first asked for. */
const newApplicationSchema = (): z.ZodType<NewApplication> => {
  const [first, ...others] = programmes.map(newApplicationOf);
  invariant(first, "there is a programme");
  newApplication ??= z.discriminatedUnion("programmeId", [first, ...others]);
  return newApplication;
};

/** A case as it stands, with its version as ETag. */
const answerCase = async (call: Call, application: Application, status = 200): Promise<Answer> => {
  const body = await caseBody(call, application);
  return done(body, status, { etag: etagOf(body.version) });
};

/** The case as it is stored by now: an operation has just moved it. */
export const answerCaseNow = async (call: Call): Promise<Answer> => {
  const own = ownCase(call);
  return answerCase(call, (await call.uses.cases.get(own.id)) ?? own);
};

/** Bytes that come out the same when a request that died is made again, so that it makes one draft. */
const drawnFor = async (
  { uses }: Call,
  { key, firstAt }: NamedRequest,
  what: string,
): Promise<Uint8Array> =>
  Buffer.from(await uses.vault.sign("api-draw", `${what}|${key}|${firstAt}`), "base64url");

const keepDraft = async (
  call: Call,
  draft: Application,
  answers: Answers,
): Promise<Application> => {
  const known = await call.uses.cases.get(draft.id);
  if (known) return known;
  await call.uses.cases.createDraft(draft, answers);
  return draft;
};

const answersWrong = async (
  { uses }: Call,
  programme: EveryProgramme,
  answers: Answers,
): Promise<Answer | null> => {
  const { units } = await uses.directory.organisation();
  const { appliedOn } = policyDayOf(uses, { submittedAt: null });
  const errors = wrongAnswers(programme, answers, units, appliedOn);
  return errors.length > 0 ? refused({ code: "invalid", errors }) : null;
};

const createApplication = operation<NewApplication>({
  id: "createApplication",
  method: "POST",
  path: ["applications"],
  scope: "applications:write",
  once: true,
  body: newApplicationSchema,
  answer: async (call, given) => {
    const { uses, locale, named } = call;
    const programme = programmeById(given.programmeId);
    invariant(programme && named, "a new application is of a programme and named");
    const season = seasonNow(uses, programme);
    if (!isOpen(season)) return refused({ code: "out_of_season", detail: outOfSeason(season) });
    const answers = answersFrom(programme, given.answers ?? {});
    const wrong = await answersWrong(call, programme, answers);
    if (wrong) return wrong;
    const id = newApplicationId(await drawnFor(call, named, "id"));
    const accessCode = newAccessCode(await drawnFor(call, named, "code"));
    const draft = newDraft({
      id,
      programmeId: programme.id,
      locale: given.locale ?? locale,
      createdAt: named.firstAt,
      accessCodeHash: await codeHash(uses, id, accessCode),
      salt: Buffer.from(uses.random(12)).toString("base64url"),
    });
    const application = await caseBody(call, await keepDraft(call, draft, answers));
    return done({ application, accessCode }, 201, {
      etag: etagOf(application.version),
      location: paths.apiV1("applications", id),
    });
  },
});

const getApplication = operation({
  id: "getApplication",
  method: "GET",
  path: ["applications", ":applicationId"],
  scope: "applications:read",
  ofCase: true,
  answer: (call) => answerCase(call, ownCase(call)),
});

const getAnswers = operation({
  id: "getAnswers",
  method: "GET",
  path: ["applications", ":applicationId", "answers"],
  scope: "applications:read",
  ofCase: true,
  answer: async (call) => {
    const { uses } = call;
    const own = ownCase(call);
    const answers =
      own.status === "draft"
        ? (await uses.cases.draftAnswers(own)).answers
        : ((await uses.cases.answers(own)) ?? {});
    const etag = etagOf(await versionOf(uses, own));
    return done({ answers: answersToJson(programmeOf(own), answers) }, 200, { etag });
  },
});

/** What is left out of a replacement is empty from then on. */
const wholly = ({ form }: EveryProgramme, answers: Answers): Answers => ({
  ...Object.fromEntries(form.sections.flatMap(({ fields }) => fields).map((name) => [name, ""])),
  ...answers,
});

/** All questions are one page to a program; a person's own pages, saved later, count over it, and it over theirs. */
const wholePage = "all";

const replaceAnswers = operation<{ readonly answers: AnswersJson }>({
  id: "replaceAnswers",
  method: "PUT",
  path: ["applications", ":applicationId", "answers"],
  scope: "applications:write",
  ofCase: true,
  ofVersion: true,
  body: ({ programme }) => z.strictObject({ answers: answersSchema(programme) }),
  answer: async (call, given) => {
    const { uses } = call;
    const own = ownCase(call);
    if (own.status !== "draft") return refused({ code: "state_conflict" });
    const programme = programmeOf(own);
    const answers = answersFrom(programme, given.answers);
    const wrong = await answersWrong(call, programme, answers);
    if (wrong) return wrong;
    const page = { page: wholePage, answers: wholly(programme, answers), at: uses.clock.now() };
    const saved = await uses.cases.saveDraftPage(own, page);
    return saved
      ? answerCaseNow(call)
      : refused({ code: "state_conflict", reason: "changed_too_often" });
  },
});

export const draftOperations: readonly Operation[] = [
  createApplication,
  getApplication,
  getAnswers,
  replaceAnswers,
];
