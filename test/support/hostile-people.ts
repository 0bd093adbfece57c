/** Everybody who uses the site, each as far inside as they can come, and every form that they find there. */
import type { Applied } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { acceptAtDesk, handlerAt } from "#infra/local/demo/handler.ts";
import { createVisitor, formWith, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { postTo, startDraft } from "./applicant.ts";
import { applyWith, decideAt, linkOf, until } from "./city.ts";
import { anAssembledBatch, asFarAsCode, signIn } from "./desk.ts";
import { reserveCase } from "./disbursement-world.ts";
import { applyAs, endNotice, payOut, statusOf, untilStatus } from "./journey.ts";

export interface Persona {
  readonly name: string;
  readonly visitor: Visitor;
  readonly start: readonly string[];
}

/** A form as it stands on some page that somebody can open. */
export interface Target {
  readonly persona: Persona;
  readonly path: string;
  readonly method: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** One applicant who can see a draft, a case before an approver, a returned one and one whose payment failed. */
const anApplicant = async (
  city: Embedded,
): Promise<Persona & { readonly ids: readonly string[] }> => {
  const visitor = createVisitor(city.url);
  const failed = await applyAs(city, "golden-autumn");
  await decideAt(city, failed, "station");
  await decideAt(city, failed, "district");
  await endNotice(city, failed);
  await payOut(city, "central", () => ["失败", "账号不存在"]);
  // After the notices, which take longer than anybody has to answer.
  const deciding = await applyAs(city, "golden-autumn");
  const returned = await applyAs(city, "critical-illness");
  await decideAt(city, returned, "station", { kind: "return", reason: "请补充" });
  const draft = await startDraft(city, "critical-illness");
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(wordsOf(draft.page.html))?.[0] ?? "";
  const own = [deciding, returned, failed].map(({ applicationId, accessCode }) => ({
    reference: applicationId,
    code: accessCode,
  }));
  for (const fields of [...own, { reference: draft.id, code }]) {
    const page = await postTo(city, visitor, paths.status, fields);
    if (page.status !== 200) throw new Error("the applicant is not signed in");
  }
  const ids = own.map(({ reference }) => reference);
  const start = [
    ...ids.flatMap((id) => [
      paths.case(id),
      paths.information(id),
      paths.withdraw(id),
      paths.card(id),
      paths.correct(id),
      paths.extend(id),
    ]),
    paths.papers("critical-illness", draft.id),
    paths.answers("critical-illness", draft.id),
    paths.question("critical-illness", draft.id, "members"),
  ];
  return { name: "applicant", visitor, start, ids: [...ids, draft.id] };
};

/** An approver who has opened the whole case with the PIN. */
const anApprover = async (city: Embedded, applied: Applied): Promise<Persona> => {
  const visitor = createVisitor(city.url);
  const link = new URL(await linkOf(city, applied, "station")).pathname;
  const page = await visitor.get(link);
  await visitor.send(page, formWith(page, "action", "open"), { pin: demoPin });
  const ask = await visitor.get(paths.pin);
  await visitor.send(ask, formWith(ask, "email"), { email: "city-1@example.org" });
  const [mail] = city.mailbox.mails({ to: "city-1@example.org" });
  const setPin = new URL(/https?:\S+\/pin\/\S+/u.exec(mail?.text ?? "")?.[0] ?? city.url).pathname;
  return { name: "approver", visitor, start: [link, setPin] };
};

/** A handler with one case to accept and another to visit. */
const aHandler = async (city: Embedded): Promise<Persona> => {
  const [accepting, visiting] = [
    await applyAs(city, "golden-autumn"),
    await applyAs(city, "golden-autumn"),
  ];
  const visitor = await handlerAt(city, "chunfeng-handler-1@example.org");
  for (const applied of [accepting, visiting]) await untilStatus(city, applied, "in_acceptance");
  await acceptAtDesk(visitor, visiting.applicationId);
  const start = [
    paths.desk("handling"),
    paths.desk("handling", accepting.applicationId),
    paths.desk("handling", visiting.applicationId),
    paths.desk("handling", visiting.applicationId, "record"),
  ];
  return { name: "handler", visitor, start };
};

/** Addresses of our own pages on a page; the language switch leads to the same ones again. */
const linksOn = (html: string): readonly string[] =>
  [...html.matchAll(/href="(?<href>\/[^"#]*)"/gu)]
    .map(({ groups }) => (groups?.["href"] ?? "").replaceAll("&amp;", "&"))
    .filter((href) => !href.includes("lang=") && !href.startsWith("/assets/"));

const pagesMax = 80;

/** Every form that somebody finds by following every link. */
const formsOf = async (city: Embedded, persona: Persona): Promise<readonly Target[]> => {
  const found = new Map<string, Target>();
  const queue = [paths.home, paths.status, paths.pin, paths.desk(), ...persona.start];
  const seen = new Set<string>();
  for (let path = queue.shift(); path !== undefined && seen.size < pagesMax; path = queue.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const page = await persona.visitor.get(path);
    if (new URL(page.url).origin !== city.url) continue;
    queue.push(...linksOn(page.html));
    for (const { action, method, multipart, fields } of page.forms) {
      if (multipart) continue;
      const address = new URL(action, page.url).pathname;
      const target = { persona, path: address, method: method.toUpperCase(), fields };
      const names = fields.map(([name]) => name).join();
      found.set(`${method} ${address} ${names}`, target);
    }
  }
  return [...found.values()];
};

/** Who there is, what they can send, and ids of things that exist. */
export interface People {
  readonly personas: readonly Persona[];
  readonly targets: readonly Target[];
  readonly ids: readonly string[];
}

/** Brings everybody in, with cases, a batch and links for them to look at. */
export const gatherPeople = async (city: Embedded): Promise<People> => {
  const { ids: applicantIds, ...applicant } = await anApplicant(city);
  const decided = await applyWith(city, "golden-autumn", { unitId: "qiushi" });
  const payable = await applyAs(city, "emergency");
  await decideAt(city, payable, "station");
  await decideAt(city, payable, "district");
  await until("it is payable", async () => (await statusOf(city, payable)) === "reserved");
  const finance = await signIn(city, "finance");
  const batchId = await anAssembledBatch(city, finance, "union");
  // Something is left to be paid, so that a batch can be made.
  await reserveCase(city.dependencies, "swn" as FundId);
  const desk = (name: string, visitor: Visitor): Persona => ({
    name,
    visitor,
    start: [paths.desk("batches", batchId), paths.desk("exports"), paths.desk("funds", "union")],
  });
  const personas = [
    { name: "stranger", visitor: createVisitor(city.url), start: [] },
    applicant,
    await anApprover(city, decided),
    await aHandler(city),
    desk("finance", finance),
    desk("authoriser", await signIn(city, "authoriser")),
    desk("administrator", await signIn(city, "admin")),
    desk("auditor", await signIn(city, "auditor")),
    {
      name: "half signed in",
      visitor: await asFarAsCode(city, "auditor@example.org"),
      start: [paths.desk("sign-in", "code")],
    },
  ];
  const found = await Promise.all(personas.map((persona) => formsOf(city, persona)));
  const ids = [...applicantIds, batchId, decided.applicationId];
  return { personas, targets: found.flat(), ids };
};
