/**
 * kill -9 in the middle of acceptance, visits and approvals, of a batch and of a return import, then a restart
 * each time: the same end state and the same money as without it, and nobody is asked twice for one decision
 * (design 7.7).
 */
import { policyPack } from "#workflows/policy-pack.ts";
import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbedded } from "#infra/local/embedded.ts";
import { answersFor, apply, type Applied } from "#infra/local/demo/applicant.ts";
import { decideThrough, linkFor } from "#infra/local/demo/approver.ts";
import {
  assembleBatch,
  authoriseBatch,
  batchPage,
  bookReturn,
  bringReturn,
  signInToDesk,
  type Site,
} from "#infra/local/demo/desk.ts";
import { handleAtDesk } from "#infra/local/demo/handler.ts";
import { createVisitor, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { demoPin, demoTotpSecret } from "#infra/local/demo-city.ts";
import { auditBooks } from "#shared/casework/audit-books.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { winter } from "#test/support/city.ts";

const casesCount = 6;
const tiers = ["grass_roots", "bureau", "industrial"] as const;
/** Of temporary hardship: nobody here has a file in the archive. */
const awardFen = 200_000;
const programme = programmes.find(
  (one) => one.finalNotice === "none" && one.window(2026, policyPack) !== null,
)!;
const example = programme.examples.find(({ expected }) => expected.recommendation === "approve")!;

let dataDir: string;
let port: number;
let running: ChildProcess | null = null;
let killed = 0;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });

const start = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork("test/support/city-process.ts", [dataDir, String(port), winter], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    running = child;
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`the city ended at its start: ${code}`)));
  });

/** kill -9 after a while; whatever people were doing fails, and then it is started again. */
const killAfter = async (milliseconds: number): Promise<void> => {
  await sleep(milliseconds);
  const child = running;
  const ended = new Promise((resolve) => child?.removeAllListeners("exit").once("exit", resolve));
  child?.kill("SIGKILL");
  await ended;
  killed += 1;
  await start();
};

/** People try again until it works: the site may be gone, or just be starting. */
const untilItWorks = async <Result>(act: () => Promise<Result>): Promise<Result> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (tries === 40) throw error;
      await sleep(250);
    }
  }
};

interface KeptMail {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}
const url = (): string => `http://localhost:${port}`;
const mails = async (): Promise<readonly KeptMail[]> => {
  const answer = (await (await fetch(`${url()}/dev/mail.json`)).json()) as
    | readonly KeptMail[]
    | { mails: readonly KeptMail[] };
  return "mails" in answer ? answer.mails : answer;
};
const site = (): Site => ({
  url: url(),
  mailsTo: async (email) => (await mails()).filter(({ to }) => to === email),
  now: async () =>
    (
      (await (
        await fetch(`${url()}/dev/clock`, { headers: { accept: "application/json" } })
      ).json()) as { now: Instant }
    ).now,
});

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "songnuan-kill-"));
  port = await freePort();
  await start();
});
afterAll(() => {
  running?.removeAllListeners("exit").kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

const applyAll = (): Promise<readonly Applied[]> =>
  Promise.all(
    Array.from({ length: casesCount }, (_, index) =>
      untilItWorks(() =>
        apply(
          url(),
          programme,
          answersFor(programme, example, demoApplicant(500 + index), "liangang"),
        ),
      ),
    ),
  );

/** Whose answer got lost opens the link again, and reads there that the decision stands. */
const decideOnce = async (link: string): Promise<void> => {
  const page = await createVisitor(url()).get(link);
  if (wordsOf(page.html).includes("决定：同意")) return;
  await decideThrough(url(), link, { kind: "approve", pin: demoPin });
};

/** A handler whose answer got lost opens the case again, and goes on from how it stands. */
const handleOnce = async (visitor: Visitor, { applicationId }: Applied): Promise<void> => {
  await handleAtDesk(visitor, applicationId);
  const page = await visitor.get(paths.desk("handling", applicationId));
  if (!wordsOf(page.html).includes("审批中")) throw new Error("not before its approver yet");
};

const handleAll = async (applied: readonly Applied[]): Promise<void> => {
  const visitor = await untilItWorks(() =>
    signInToDesk(site(), "liangang-handler-1@example.org", demoTotpSecret),
  );
  await Promise.all(applied.map((one) => untilItWorks(() => handleOnce(visitor, one))));
};

const approveAt = (
  applied: readonly Applied[],
  asked: readonly (typeof tiers)[number][],
): Promise<unknown> =>
  Promise.all(
    applied.map(async ({ applicationId }) => {
      for (const tier of asked) {
        const link = await untilItWorks(() => linkFor(mails, applicationId, tier));
        await untilItWorks(() => decideOnce(link));
      }
    }),
  );

/** Past the notice that the base office posts before it passes a case up: five working days. */
const passBaseNotice = async (): Promise<void> => {
  const to = addMinutes(await untilItWorks(() => site().now()), 9 * 24 * 60);
  await untilItWorks(async () => {
    // Whose answer got lost finds the clock moved.
    if ((await site().now()) >= to) return;
    const answer = await fetch(`${url()}/dev/clock`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ to }),
    });
    if (!answer.ok) throw new Error(`the clock answered ${answer.status}`);
  });
};

test("killed in the middle of approvals, of a batch and of a return import: every award is paid once", async () => {
  const applied = await applyAll();
  await Promise.all([handleAll(applied), killAfter(300)]);
  await Promise.all([approveAt(applied, tiers.slice(0, 1)), killAfter(200)]);
  await passBaseNotice();
  await Promise.all([
    approveAt(applied, tiers.slice(1)),
    (async () => {
      await killAfter(400);
      await killAfter(500);
      await killAfter(700);
    })(),
  ]);

  const signIn = (email: string) => untilItWorks(() => signInToDesk(site(), email, demoTotpSecret));
  const officer = await signIn("finance@example.org");
  const authoriser = await signIn("authoriser@example.org");
  const batchId: BatchId = await untilItWorks(() => assembleBatch(officer, "swn"));
  await killAfter(15);
  await untilItWorks(() => batchPage(officer, batchId, "awaiting_authorisation"));
  await untilItWorks(() => authoriseBatch(authoriser, batchId));
  await killAfter(15);
  const brought = await untilItWorks(() => bringReturn(officer, batchId, () => true));
  await Promise.all([
    untilItWorks(() => bookReturn(officer, batchId, brought.page)).catch(() => {}),
    killAfter(60),
  ]);
  await untilItWorks(() => batchPage(officer, batchId, "closed"));
  const sent = await mails();
  running?.removeAllListeners("exit").kill("SIGKILL");
  running = null;
  await sleep(300);

  const run = await startEmbedded({ dataDir, seed: true });
  try {
    await run.clock.settled();
    for (const { applicationId } of applied) {
      const application = await run.dependencies.cases.get(applicationId);
      expect(application?.status).toBe("paid");
      const types = (await run.dependencies.cases.events(application!)).map(({ type }) => type);
      expect(types).toEqual([
        "submitted",
        "assessed",
        "accepted",
        "visited",
        "tier_approved",
        "notice_ended",
        "tier_approved",
        "approved",
        "batched",
        "paid",
      ]);
      const asked = sent.filter(({ text }) => text.includes(`/decide/${applicationId}`));
      expect(asked.length, "one mail for each tier").toBe(tiers.length);
    }
    const fund = await run.dependencies.funds.get("swn" as FundId);
    expect(fund).toMatchObject({ paidFen: casesCount * awardFen, reservedFen: 0 });
    expect(fundFault(fund!)).toBeNull();
    expect((await auditBooks(run.dependencies)).findings).toEqual([]);
    const items = await run.dependencies.batches.items(batchId);
    expect(items.map(({ status }) => status)).toEqual(
      Array.from({ length: casesCount }, () => "paid"),
    );
    console.log(`killed ${killed} times; ${casesCount} awards paid once, ${sent.length} mails`);
  } finally {
    await run.stop();
  }
});
