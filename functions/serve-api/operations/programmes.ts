/** Programmes: what there is, what is asked, and what answers would still need. */
import * as z from "zod";
import { policyDayOf } from "#shared/casework/load.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { papersToSend } from "#shared/domain/fast-track.ts";
import { isBaseUnit, unitOf } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { lineNames } from "#shared/web/messages.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import { answersFrom, answersSchema, problemsOf, type AnswersJson } from "../answers-json.ts";
import { done, operation, refused, say, type Call, type Operation } from "../operation.ts";
import { errorBodies } from "../views/errors.ts";
import { paperWantedBody } from "../views/papers-view.ts";
import { programmeBody, programmeListed } from "../views/programme-view.ts";

const programmeIn = ({ params }: Call): EveryProgramme | undefined =>
  programmeById(params["programmeId"] ?? "");

const notFound = refused({ code: "not_found" });

const listProgrammes = operation({
  id: "listProgrammes",
  method: "GET",
  path: ["programmes"],
  scope: "programmes:read",
  answer: (call) =>
    Promise.resolve(
      done({ items: programmes.map((programme) => programmeListed(call, programme)) }),
    ),
});

const getProgramme = operation({
  id: "getProgramme",
  method: "GET",
  path: ["programmes", ":programmeId"],
  scope: "programmes:read",
  answer: (call) => {
    const programme = programmeIn(call);
    return Promise.resolve(programme ? done(programmeBody(call, programme)) : notFound);
  },
});

const listUnits = operation({
  id: "listUnits",
  method: "GET",
  path: ["units"],
  scope: "programmes:read",
  answer: async (call) => {
    const organisation = await call.uses.directory.organisation();
    const items = organisation.units.filter(isBaseUnit).flatMap(({ id, name, line, parentId }) => {
      const above = parentId && unitOf(organisation, parentId);
      if (line === null) return [];
      return [
        {
          id,
          name: say(call, name),
          line,
          lineName: say(call, lineNames[line]),
          above: above ? say(call, above.name) : null,
        },
      ];
    });
    return done({ items });
  },
});

const checkAnswers = operation<{ readonly answers: AnswersJson }>({
  id: "checkAnswers",
  method: "POST",
  path: ["programmes", ":programmeId", "checks"],
  scope: "programmes:read",
  body: ({ programme }) => z.strictObject({ answers: answersSchema(programme) }),
  answer: async (call, given) => {
    const programme = programmeIn(call);
    if (!programme) return notFound;
    const { uses } = call;
    const answers = answersFrom(programme, given.answers);
    const { units } = await uses.directory.organisation();
    const day = policyDayOf(uses, { submittedAt: null });
    const errors = problemsOf(programme, answers, units, day.appliedOn);
    const read = readAnswers(programme, answers, units, day.appliedOn);
    const papers =
      read.kind === "facts"
        ? papersToSend(programme, read.facts, day).map((paper) => paperWantedBody(call, paper))
        : null;
    return done({ complete: errors.length === 0, errors: errorBodies(call, errors), papers });
  },
});

export const programmeOperations: readonly Operation[] = [
  listProgrammes,
  getProgramme,
  listUnits,
  checkAnswers,
];
