import { afterAll, beforeAll, expect, test } from "vitest";
import {
  pinForDecision,
  pinForQueue,
  pinForReading,
  pinPattern,
} from "#shared/casework/decision-pin.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { anApproval, aCase, staff } from "#test/support/cases.ts";
import {
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

const pin = "246810";
/** Each costs a scrypt, which is slow on purpose. */
const guessesAtOnce = 6;

let world: CaseworkWorld;
let pinHash: string;
beforeAll(async () => {
  world = await startCaseworkWorld();
  pinHash = await world.uses.vault.hashSecret(pin);
});
afterAll(() => world.stop());

/** A case of its own, asked of a person of their own. */
const asked = async (number: number, changes: Partial<Staff> = {}) => {
  const person = staff(`pin-${number}`, "east", { pinHash, ...changes });
  await world.uses.directory.putStaff(person);
  const { application, approval } = await storeAskedCase(
    world.uses,
    number,
    {},
    {
      approverId: person.id,
    },
  );
  const now = async () => {
    const current = await world.uses.cases.approval(application.id, 1, "district", 1);
    if (!current) throw new Error("it was asked");
    return current;
  };
  return { person, application, approval, now };
};

const triesOf = async (id: StaffId) => (await world.uses.directory.staff(id))?.pinTries;

test("the right PIN for a decision writes nothing by itself: the commit on the record is what counts", async () => {
  const { person, approval, now } = await asked(1);

  expect(await pinForDecision(world.uses, approval, person, pin)).toEqual({ kind: "right" });
  expect(await now()).toEqual(approval);
});

test("each wrong PIN uses up a try of the link and of the person; at the fifth it is locked and told once", async () => {
  const { person, application, now } = await asked(2);
  const answers = [];
  for (let guess = 1; guess <= 6; guess += 1) {
    answers.push(await pinForDecision(world.uses, await now(), person, "000000"));
  }

  expect(answers).toEqual([
    { kind: "wrong", triesLeft: 4 },
    { kind: "wrong", triesLeft: 3 },
    { kind: "wrong", triesLeft: 2 },
    { kind: "wrong", triesLeft: 1 },
    { kind: "locked" },
    { kind: "locked" },
  ]);
  const told = world.mails.filter(({ to }) => to === person.email);
  expect(told).toHaveLength(1);
  const locked = await world.uses.directory.staff(person.id);
  const refused = decisionRefusal(
    { application, approval: await now(), staff: locked, insteadOf: null },
    world.uses.clock.now(),
  );
  expect(refused).toBe("pin_locked");
});

test("guesses at once on one link are one try: the others are not answered", async () => {
  const { person, approval, now } = await asked(3);
  const guesses = Array.from({ length: guessesAtOnce }, (_, guess) => String(100_000 + guess));

  const answers = await Promise.all(
    guesses.map((guess) => pinForDecision(world.uses, approval, person, guess)),
  );

  expect(answers.filter(({ kind }) => kind === "wrong")).toHaveLength(1);
  expect(answers.filter(({ kind }) => kind === "busy")).toHaveLength(guessesAtOnce - 1);
  expect((await now()).pinTries).toBe(1);
  expect(await triesOf(person.id)).toBe(1);
});

test("reading with the right PIN gives its try back; a wrong one stays used, and an old page is not answered", async () => {
  const { person, approval, now } = await asked(4);

  expect(await pinForReading(world.uses, approval, person, pin)).toEqual({ kind: "right" });
  expect((await now()).pinTries).toBe(0);
  expect(await pinForReading(world.uses, approval, person, "111111")).toEqual({
    kind: "wrong",
    triesLeft: 4,
  });
  expect((await now()).pinTries).toBe(1);
  expect(await pinForReading(world.uses, approval, person, pin)).toEqual({ kind: "busy" });
  expect(await pinForReading(world.uses, await now(), person, pin)).toEqual({ kind: "right" });
});

test.each(["", "12345", "1234567890123", "abcdef", "２４６８１０", "246810\n", " 246810"])(
  "what is no PIN is wrong however it is typed: %j",
  async (typed) => {
    expect(pinPattern.test(typed)).toBe(false);
    const { person, approval } = await asked(
      10 + typed.length * 7 + ((typed.codePointAt(0) ?? 0) % 7),
    );
    expect((await pinForDecision(world.uses, approval, person, typed)).kind).toBe("wrong");
  },
);

test("whoever has set no PIN has no right one", async () => {
  const { person, approval } = await asked(5, { pinHash: null });

  expect((await pinForDecision(world.uses, approval, person, pin)).kind).toBe("wrong");
  const none = decisionRefusal(
    {
      application: aCase(6),
      approval: anApproval(aCase(6), { approverId: person.id }),
      staff: person,
      insteadOf: null,
    },
    world.uses.clock.now(),
  );
  expect(none).toBe("pin_not_set");
});

test("at the list a guess counts before it is looked at: of many at once five are answered, and one mail tells it", async () => {
  const person = staff("pin-list-1", "east", { pinHash });
  await world.uses.directory.putStaff(person);
  const guesses = Array.from({ length: guessesAtOnce + 2 }, (_, guess) => String(200_000 + guess));

  const answers = await Promise.all(guesses.map((guess) => pinForQueue(world.uses, person, guess)));

  expect(answers.filter(({ kind }) => kind === "wrong")).toHaveLength(4);
  expect(answers.filter(({ kind }) => kind === "locked")).toHaveLength(guesses.length - 4);
  expect(world.mails.filter(({ to }) => to === person.email)).toHaveLength(1);
  expect(await pinForQueue(world.uses, person, pin)).toEqual({ kind: "locked" });
});

test("at the list the right PIN sets the count back, also the fifth", async () => {
  const person = staff("pin-list-2", "east", { pinHash, pinTries: 4 });
  await world.uses.directory.putStaff(person);

  expect(await pinForQueue(world.uses, person, pin)).toEqual({ kind: "right" });
  expect(await triesOf(person.id)).toBe(0);
  expect(await pinForQueue(world.uses, person, "000000")).toEqual({ kind: "wrong", triesLeft: 4 });
});
