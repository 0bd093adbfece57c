/** First the file, then the help: what a file changes on a case's way, and what holds for the whole household. */
import { capturedOutput } from "#test/support/captured-output.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { personIndex } from "#shared/casework/person-index.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { typedHousehold } from "#test/support/archive-pages.ts";
import { applyWith, caseOf, decideAt, startCity, until, winter } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import {
  answersOf,
  everyExecution,
  everyRow,
  statusOf,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
let keeper: Visitor;
beforeAll(async () => {
  city = await startCity({ now: winter });
  keeper = await signIn(city, "chunfeng-handler-1");
});
afterAll(() => city.stop());

/** Winter Warmth at a street's station, as the worked case has it. */
const applyForWinter = (onFile: boolean, answers: Readonly<Record<string, string>> = {}) =>
  applyWith(city, "winter-warmth", { unitId: "chunfeng", onFile, answers });

const openFile = async (number: number) => {
  const page = await keeper.get(paths.desk("archive", "new"));
  await keeper.send(page, formTo(page, "/archive/new"), typedHousehold(number));
  const person = await personIndex(city.dependencies, demoApplicant(number).idNumber);
  const file = await city.dependencies.archive.fileOf(person);
  if (!file) throw new Error("no file");
  return file;
};

test("with a file it is severe hardship and 3,000; without one lane 2, temporary, and 2,000", async () => {
  const filed = await applyForWinter(true);
  const unfiled = await applyForWinter(false);
  for (const one of [filed, unfiled]) await untilStatus(city, one, "in_acceptance");

  expect(await caseOf(city, filed)).toMatchObject({ category: "DEEP", amountFen: yuan(3_000) });
  expect((await caseOf(city, filed)).fileId).not.toBeNull();
  expect(await caseOf(city, unfiled)).toMatchObject({
    category: "TEMPORARY",
    amountFen: yuan(2_000),
    fileId: null,
  });
});

test("husband and wife of one file can't both claim; when the first withdraws, the other can", async () => {
  await openFile(710);
  const wife = {
    applicantIdNumber: demoApplicant(710).relativeIdNumber,
    applicantName: "郑家属",
    bankCardNumber: demoApplicant(711).cardNumber,
  };
  const husband = await applyForWinter(false, { applicantIdNumber: demoApplicant(710).idNumber });
  await untilStatus(city, husband, "in_acceptance");
  expect((await caseOf(city, husband)).fileId).not.toBeNull();
  await expect(applyForWinter(false, wife)).rejects.toThrow("同样的申请已经有一份");

  const status = paths.withdraw(husband.applicationId);
  const page = await husband.visitor.get(status);
  await husband.visitor.send(page, formTo(page, "/withdraw"));
  await untilStatus(city, husband, "withdrawn");
  const second = await applyForWinter(false, wife);
  await untilStatus(city, second, "in_acceptance");
  expect((await caseOf(city, second)).household).toBe((await caseOf(city, husband)).household);
});

test("a person who applies a second time without the file still has the one claim", async () => {
  const file = await openFile(720);
  const own = { applicantIdNumber: demoApplicant(720).idNumber };
  const first = await applyForWinter(false, own);
  await untilStatus(city, first, "in_acceptance");
  const page = await keeper.get(paths.desk("archive", file.id));
  await keeper.send(page, formTo(page, "/close"), {
    why: "moved_away",
    closeReason: "迁出本市",
  });
  await expect(applyForWinter(false, own)).rejects.toThrow("同样的申请已经有一份");
  expect(await statusOf(city, first)).toBe("in_acceptance");
});

test("who applies again with another's card and phone is shown as a near-duplicate, until it is settled", async () => {
  const first = await applyForWinter(false);
  await untilStatus(city, first, "in_acceptance");
  const typed = await answersOf(city, first);
  const second = await applyForWinter(false, {
    phone: typed["phone"] ?? "",
    bankCardNumber: typed["bankCardNumber"] ?? "",
  });
  await untilStatus(city, second, "in_acceptance");

  const near = paths.desk("archive", "near", second.applicationId);
  const page = await keeper.get(near);
  expect(wordsOf(page.html)).toContain(first.applicationId);
  expect(wordsOf(page.html)).toContain("银行卡相同、电话相同");
  expect(page.html).not.toContain(typed["bankCardNumber"]);
  const silent = await keeper.send(page, formTo(page, near), {});
  expect(silent.status).toBe(422);
  const settled = await keeper.send(page, formTo(page, near), { reason0: "母子共用一张卡，已核" });
  expect(wordsOf(settled.html)).toContain("已核实不是重复");
  expect(wordsOf((await keeper.get(paths.desk("handling", first.applicationId))).html)).toContain(
    "母子共用一张卡，已核",
  );
});

test("a handler opens the file from the case: it is worked out anew, and decided as filed", async () => {
  const applied = await applyForWinter(false);
  await untilStatus(city, applied, "in_acceptance");
  const page = await keeper.get(paths.desk("handling", applied.applicationId));
  expect(wordsOf(page.html)).toContain("请先建档");
  await keeper.send(page, formTo(page, "/file"), { fileReason: "入户核实，符合深度困难" });
  await until("it is worked out anew", async () => {
    const { fileId, status } = await caseOf(city, applied);
    return fileId !== null && status === "in_acceptance";
  });

  const application = await caseOf(city, applied);
  expect(application).toMatchObject({ category: "DEEP", amountFen: yuan(3_000) });
  const file = await keeper.get(paths.desk("archive", application.fileId ?? ""));
  expect(wordsOf(file.html)).toContain("入户核实，符合深度困难");
  expect(wordsOf(file.html)).toContain(applied.applicationId);

  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await untilStatus(city, applied, "reserved");
  expect((await caseOf(city, applied)).amountFen).toBe(yuan(3_000));
});

test("nothing of the files' people lies open in a row, an execution, an address or a log", async () => {
  const secrets = [710, 720].flatMap((number) => {
    const { idNumber, relativeIdNumber, cardNumber } = demoApplicant(number);
    return [idNumber, relativeIdNumber, cardNumber, `示例路${number}号`];
  });
  secrets.push("郑家属", "母子共用一张卡", "符合深度困难");
  const [rows, executions] = [await everyRow(), await everyExecution()];
  const lines = capturedOutput();
  for (const secret of secrets) {
    expect(rows.filter((row) => row.includes(secret))).toEqual([]);
    expect(executions.filter((text) => text.includes(secret))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('{"level":') && line.includes(secret))).toEqual(
      [],
    );
  }
});
