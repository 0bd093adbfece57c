/** The papers of a case: what is wanted, what has landed, what was handed in. */
import { policyDayOf, programmeOf } from "#shared/casework/load.ts";
import { landingOf } from "#shared/casework/hand-in.ts";
import { landedFiles, type LandedFile } from "#shared/casework/paper-files.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import type { Application, Paper } from "#shared/domain/application.ts";
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { papersToSend } from "#shared/domain/fast-track.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { visitPapers } from "#shared/domain/visit.ts";
import { paperProblemWords } from "#shared/web/paper-upload.ts";
import { say, type Call } from "../operation.ts";
import type { PapersBody } from "../document/schemas.ts";

/** What the answers ask for now; null while they aren't whole. */
export const papersWanted = async (
  { uses }: Pick<Call, "uses">,
  application: Application,
): Promise<readonly PaperRequirement[] | null> => {
  const programme = programmeOf(application);
  const isDraft = application.status === "draft";
  const answers = isDraft
    ? (await uses.cases.draftAnswers(application)).answers
    : ((await uses.cases.answers(application)) ?? {});
  const { units } = await uses.directory.organisation();
  const day = policyDayOf(uses, application);
  const read = readAnswers(programme, answers, units, isDraft ? day.appliedOn : null);
  if (read.kind === "problems") return null;
  const papers = isDraft
    ? papersToSend(programme, read.facts, day)
    : programme.papers(read.facts, day);
  return withEntrustment(application, papers);
};

export const paperWantedBody = (
  call: Pick<Call, "locale">,
  { kind, title, required }: PaperRequirement,
) => ({ kind, title: say(call, title), required });

const landedBody = (
  call: Call,
  { name, kind, sizeBytes, check }: LandedFile,
): PapersBody["landed"][number] => ({
  name,
  kind,
  sizeBytes,
  state: check.kind,
  problem:
    check.kind === "refused"
      ? { code: check.problem, words: say(call, paperProblemWords[check.problem]) }
      : null,
});

/** What visitors brought home is no paper of the applicant's. */
const isTheirOwn = ({ kind }: Paper): boolean => !visitPapers.some((paper) => paper.kind === kind);

export const papersBody = async (call: Call, application: Application): Promise<PapersBody> => {
  const { uses } = call;
  const events = await uses.cases.events(application);
  const wanted = await papersWanted(call, application);
  const landed = await landedFiles(uses, application, landingOf(application, events));
  const papers = (await uses.cases.papers(application.id)).filter(isTheirOwn);
  return {
    wanted: wanted && wanted.map((paper) => paperWantedBody(call, paper)),
    landed: landed.map((file) => landedBody(call, file)),
    handedIn: papers.map(({ number, kind, mediaType, sizeBytes, addedAt }) => ({
      number,
      kind,
      mediaType,
      sizeBytes,
      addedAt,
    })),
  };
};
