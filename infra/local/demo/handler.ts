/** What a handler does at the desk: accepts the application, visits the home, and records the visit. */
import { setTimeout as sleep } from "node:timers/promises";
import { demoTotpSecret } from "#infra/local/demo-city.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { handlersOf, handlingUnitOf, isHandled } from "#shared/domain/acceptance.ts";
import type { Application } from "#shared/domain/application.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { minutesBetweenCodes, signInToDesk, siteOf } from "./desk.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { samplePaper } from "./sample-paper.ts";
import { expectStatus, formTo, type VisitedPage, type Visitor } from "./visitor.ts";

const pageOf = async (visitor: Visitor, id: ApplicationId): Promise<VisitedPage> =>
  expectStatus(await visitor.get(paths.desk("handling", id)), 200, "the handler's page");

const offers = (page: VisitedPage, ending: string): boolean =>
  page.forms.some(({ action }) => action.endsWith(ending));

/** Presses "accept" on the case's page. */
export const acceptAtDesk = async (visitor: Visitor, id: ApplicationId): Promise<VisitedPage> => {
  const page = await pageOf(visitor, id);
  return expectStatus(await visitor.send(page, formTo(page, "/accept")), 200, "the acceptance");
};

export interface FoundAtHome {
  readonly confirmed: boolean;
  readonly findings: string;
}

const asDeclared: FoundAtHome = { confirmed: true, findings: "住房、人口和收入与申报一致。" };

/** Sends the signed form from the phone, then the record: the handler went with a community worker. */
export const visitAtDesk = async (
  visitor: Visitor,
  id: ApplicationId,
  { confirmed, findings }: FoundAtHome = asDeclared,
): Promise<VisitedPage> => {
  const papers = await visitor.get(paths.desk("handling", id, "visit"));
  const upload = expectStatus(papers, 200, "the visit's papers").forms.find(
    ({ multipart }) => multipart,
  );
  if (!upload) throw new Error("the visit takes no papers");
  const file = { name: "form.png", type: "image/png", bytes: samplePaper };
  expectStatus(await visitor.upload(papers, upload, file), 200, "the signed form");
  const record = await visitor.get(paths.desk("handling", id, "record"));
  const saved = await visitor.send(record, formTo(record, "/record"), {
    others: "社区网格员",
    metWith: "申请人本人",
    findings,
    confirmed: confirmed ? "yes" : "no",
  });
  return expectStatus(saved, 200, "the visit's record");
};

/** Goes as far as the case lets a handler go: acceptance, then the visit where one is needed. */
export const handleAtDesk = async (visitor: Visitor, id: ApplicationId): Promise<void> => {
  const page = await pageOf(visitor, id);
  const accepted = offers(page, "/accept") ? await acceptAtDesk(visitor, id) : page;
  if (accepted.html.includes(paths.desk("handling", id, "visit"))) await visitAtDesk(visitor, id);
};

const signedIn = new WeakMap<Embedded, Map<string, Visitor>>();

/** A handler in a run's desk, signed in once, and again when the session has ended with the working day. */
export const handlerAt = async (run: Embedded, email: string): Promise<Visitor> => {
  const visitors = signedIn.get(run) ?? new Map<string, Visitor>();
  signedIn.set(run, visitors);
  const known = visitors.get(email);
  const page = await known?.get(paths.desk("handling"));
  if (known && page && !page.url.endsWith(paths.desk("sign-in"))) return known;
  const signIn = () => signInToDesk(siteOf(run), email, demoTotpSecret);
  const visitor = await signIn().catch(async () => {
    // The authenticator's code was used just now, elsewhere: the next one comes in a minute.
    await run.clock.advanceTo(addMinutes(run.clock.now(), minutesBetweenCodes));
    return signIn();
  });
  visitors.set(email, visitor);
  return visitor;
};

/** The address of the handler who sees to a case of this base office. */
const handlerEmailOf = async (
  { dependencies }: Embedded,
  { unitId }: Application,
): Promise<string> => {
  const organisation = await dependencies.directory.organisation();
  const unit = unitId === null ? undefined : handlingUnitOf(organisation, unitId);
  const [handler] = unit ? handlersOf(organisation, unit.id) : [];
  invariant(handler, "some office of the branch has a handler");
  return handler.email;
};

const waitMs = 20;
const waitsMax = 1_500;

/** Waits until the machine has assessed a case, then accepts it and visits, unless it is past that. */
export const handleCase = async (run: Embedded, id: ApplicationId): Promise<void> => {
  for (let waits = 0; waits < waitsMax; waits += 1) {
    const application = await run.dependencies.cases.get(id);
    if (!application) throw new Error(`there is no case ${id}`);
    if (isHandled(application.status)) {
      // The execution has left its token by then, as it has where people take their time.
      if (await run.dependencies.cases.wait(id, "handling")) {
        const visitor = await handlerAt(run, await handlerEmailOf(run, application));
        await handleAtDesk(visitor, id);
        return;
      }
    } else if (application.status !== "submitted") return;
    await sleep(waitMs);
  }
  throw new Error(`${id} did not come before its handlers`);
};
