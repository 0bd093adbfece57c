/** What handlers have logged, and whom it tells of. Import it before the handler, like captured-output.ts. */
import { capturedOutput } from "./captured-output.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";

/** Applicants of casework worlds are numbered by their cases. */
const applicantsMax = 60;

const personalFacts = Array.from({ length: applicantsMax }, (_, number) => demoApplicant(number))
  .flatMap(({ name, email, idNumber, relativeIdNumber, cardNumber }) => [
    name,
    email,
    idNumber,
    relativeIdNumber,
    cardNumber,
  ])
  // Secrets of links, tokens of tasks, and anybody's address.
  .concat("/decide/", "task-1", "task-2", "@example.org");

export const logged = (): {
  readonly lines: number;
  /** Lines with a person or a secret in them. */
  readonly telling: readonly string[];
} => {
  const lines = capturedOutput().filter((text) => text.startsWith('{"level":'));
  return {
    lines: lines.length,
    telling: lines.filter((line) => personalFacts.some((fact) => line.includes(fact))),
  };
};
