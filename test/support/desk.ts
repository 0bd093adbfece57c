/** People at the desk of the embedded run, and requests as no page would make them. */
import { generate } from "otplib";
import { demoTotpSecret } from "#infra/local/demo-city.ts";
import {
  createVisitor,
  formTo,
  formWith,
  type VisitedPage,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import { enterReceipt } from "#infra/local/demo/desk.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import { addMinutes, msOfInstant } from "#shared/kernel/calendar.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { until } from "./city.ts";
import { readBankFile, returnHeader, returnLine, type BankRow } from "./disbursement-world.ts";

/** The code an authenticator shows now. */
export const codeNow = (city: Embedded, secret: string = demoTotpSecret): Promise<string> =>
  generate({ secret, epoch: Math.floor(msOfInstant(city.clock.now()) / 1000) });

/** The link in the newest mail to somebody. */
export const mailedLink = (city: Embedded, email: string): string => {
  const [mail] = city.mailbox.mails({ to: email, limit: 1 });
  const link = /https?:\S+\/desk\/sign-in\/\S+/u.exec(mail?.text ?? "")?.[0];
  if (!link) throw new Error(`no sign-in link to ${email}`);
  return link;
};

/** Goes through the mailed link as far as the page that asks for the code. */
export const asFarAsCode = async (city: Embedded, email: string): Promise<Visitor> => {
  const visitor = createVisitor(city.url);
  const page = await visitor.get(paths.desk("sign-in"));
  await visitor.send(page, formTo(page, paths.desk("sign-in")), { email });
  const link = await visitor.get(mailedLink(city, email));
  await visitor.send(link, formTo(link, /\/desk\/sign-in\/[\w-]{43}$/u));
  return visitor;
};

export const typeCode = async (visitor: Visitor, code: string): Promise<VisitedPage> => {
  const page = await visitor.get(paths.desk("sign-in", "code"));
  return visitor.send(page, formTo(page, paths.desk("sign-in", "code")), { code });
};

/** "finance", "authoriser", "admin" or "auditor" of the demo city, signed in. */
export const signIn = async (city: Embedded, person: string): Promise<Visitor> => {
  // A code works once: the next one comes half a minute later.
  await city.clock.advanceTo(addMinutes(city.clock.now(), 1));
  const visitor = await asFarAsCode(city, `${person}@example.org`);
  const desk = await typeCode(visitor, await codeNow(city));
  if (new URL(desk.url).pathname !== paths.desk()) throw new Error(`${person} is not signed in`);
  return visitor;
};

/** Posts to an address of the desk with the session's own token, as no page offered it. */
export const postAsIs = async (
  visitor: Visitor,
  address: string,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const home = await visitor.get(paths.desk());
  const { fields: tokens } = formTo(home, paths.desk("sign-out"));
  const form = { action: address, method: "post", multipart: false, fields: tokens };
  return visitor.send(home, form, fields);
};

/** Posts without any token, as another site would. */
export const postWithoutToken = async (
  visitor: Visitor,
  address: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<VisitedPage> => {
  const form = { action: address, method: "post", multipart: false, fields: [] };
  return visitor.send(await visitor.get(paths.desk()), form, fields);
};

export const batchOf = async (city: Embedded, id: BatchId): Promise<Batch> => {
  const batch = await city.dependencies.batches.get(id);
  if (!batch) throw new Error("there is such a batch");
  return batch;
};

export const untilStatus = (city: Embedded, id: BatchId, status: Batch["status"]): Promise<void> =>
  until(`the batch is ${status}`, async () => (await batchOf(city, id)).status === status);

export const pageOfBatch = (visitor: Visitor, id: BatchId): Promise<VisitedPage> =>
  visitor.get(paths.desk("batches", id));

/** A batch of a fund that waits for its authorisation. */
export const anAssembledBatch = async (
  city: Embedded,
  officer: Visitor,
  fundId: string,
): Promise<BatchId> => {
  const page = await officer.get(paths.desk("batches", "new"));
  const made = await officer.send(page, formWith(page, "fund", fundId));
  const id = (new URL(made.url).pathname.split("/").pop() ?? "") as BatchId;
  await untilStatus(city, id, "awaiting_authorisation");
  return id;
};

/** A batch of a fund whose bank file lies ready, and which the bank took in. */
export const aSentBatch = async (
  city: Embedded,
  officer: Visitor,
  authoriser: Visitor,
  fundId: string,
): Promise<BatchId> => {
  const id = await anAssembledBatch(city, officer, fundId);
  const page = await pageOfBatch(authoriser, id);
  await authoriser.send(page, formTo(page, "/authorise"));
  await untilStatus(city, id, "sent");
  await enterReceipt(officer, id, await batchOf(city, id));
  return id;
};

/** Answers every odd line of a batch that nobody has answered, by the form on its page. */
export const answerOddLines = async (
  officer: Visitor,
  id: BatchId,
  words: string,
): Promise<VisitedPage> => {
  const page = await pageOfBatch(officer, id);
  const boxes = [...page.html.matchAll(/name="(?<name>line [^"]+)"/gu)];
  const ticked = Object.fromEntries(boxes.map(({ groups }) => [groups?.["name"] ?? "", "yes"]));
  return officer.send(page, formTo(page, "/answers"), { ...ticked, words });
};

/** Uploads a file as the bank's return, by the form on the batch's page. */
export const uploadReturn = async (
  officer: Visitor,
  id: BatchId,
  bytes: Uint8Array,
): Promise<VisitedPage> => {
  const page = await pageOfBatch(officer, id);
  const form = page.forms.find(({ multipart }) => multipart);
  if (!form) throw new Error("the page takes no return file");
  return officer.upload(page, form, { name: "r.csv", type: "text/csv", bytes });
};

/** A return on every payment of a batch, by what the bank says of each. */
export const returnOf = async (
  city: Embedded,
  id: BatchId,
  says: (row: BankRow, index: number) => readonly [string, string] = () => ["成功", ""],
): Promise<string> => {
  const rows = await readBankFile(city.dependencies, await batchOf(city, id));
  const lines = rows.map((row, index) => returnLine(row, ...says(row, index)));
  return `${[returnHeader, ...lines].join("\r\n")}\r\n`;
};

/** Uploads a return and has it read. */
export const giveReturnAtDesk = async (
  city: Embedded,
  officer: Visitor,
  id: BatchId,
  text: string,
): Promise<void> => {
  const { returnsRead } = await batchOf(city, id);
  const page = await uploadReturn(officer, id, new TextEncoder().encode(text));
  await officer.send(page, formTo(page, "/returns"));
  await until(
    "the return is read",
    async () => (await batchOf(city, id)).returnsRead > returnsRead,
  );
};
