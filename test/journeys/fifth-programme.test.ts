/**
 * A fifth programme is one new folder: the product is copied, a made-up programme's folder put into it, the registry
 * written anew, and a worker applies there and is paid. Everything after the copying happens over HTTP.
 */
import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor, apply, follow } from "#infra/local/demo/applicant.ts";
import { decideThrough, linkFor } from "#infra/local/demo/approver.ts";
import {
  assembleBatch,
  authoriseBatch,
  bookReturn,
  bringReturn,
  signInToDesk,
  type Site,
} from "#infra/local/demo/desk.ts";
import { handleAtDesk } from "#infra/local/demo/handler.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { createVisitor, wordsOf, type VisitedPage } from "#infra/local/demo/visitor.ts";
import { demoPin, demoTotpSecret } from "#infra/local/demo-city.ts";
import { deadlineAfter, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { commonPolicy } from "#test/support/cases.ts";
import { summer } from "#test/support/city.ts";
import { programme } from "#test/support/fifth-programme/childcare-aid/programme.ts";
import { programmes } from "#workflows/registry.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = `workflows/${programme.id}`;
const kept = fileURLToPath(new URL(`../support/fifth-programme/${programme.id}`, import.meta.url));
/** What starts the copy as a process; nothing else of the tests goes with it. */
const starter = "test/support/city-process.ts";

const [example] = programme.examples;
if (!example) throw new Error("the made-up programme has a worked case");

const linesOf = (text: string): readonly string[] => text.split("\n").filter(Boolean);

const sources = (): readonly string[] =>
  linesOf(
    execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--deduplicate"], {
      cwd: root,
      encoding: "utf8",
    }),
  )
    .filter((path) => !/^(?:test|docs)\//u.test(path) || path === starter)
    // What was deleted and not committed yet is still listed.
    .filter((path) => existsSync(join(root, path)));

let copy: string;
let running: ChildProcess | null = null;

const run = (...command: readonly string[]): string =>
  execFileSync(process.execPath, command, { cwd: copy, encoding: "utf8" });

/** The files under a path of the copy; the packages are a link, and links are left out. */
const filesUnder = (path: string): readonly string[] =>
  readdirSync(join(copy, path), { withFileTypes: true }).flatMap((entry) => {
    const inside = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inside) : entry.isFile() ? [inside] : [];
  });

/** Every file of the copy with a digest of its bytes, so that a change shows. */
const filesOf = (): ReadonlyMap<string, string> =>
  new Map(
    filesUnder("").map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(copy, path)))
        .digest("hex"),
    ]),
  );

const copySources = (): void => {
  copy = mkdtempSync(join(tmpdir(), "songnuan-fifth-"));
  for (const path of sources()) {
    cpSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
};

let before: ReadonlyMap<string, string>;
/** Files that named the programme before it was put in. */
let naming: readonly string[];

beforeAll(() => {
  copySources();
  before = filesOf();
  naming = [...before.keys()].filter((path) =>
    /childcare.?aid|托育救助/iu.test(readFileSync(join(copy, path), "utf8")),
  );
  cpSync(kept, join(copy, folder), { recursive: true });
  run("infra/tools/generate-registry.ts");
});
afterAll(() => {
  running?.removeAllListeners("exit").kill("SIGKILL");
  rmSync(copy, { recursive: true, force: true });
});

test("the product knows nothing of it, and its folder and the generated registry are all that differs", () => {
  expect(programmes.map(({ id }) => id)).not.toContain(programme.id);
  expect(before.size).toBeGreaterThan(300);
  expect(naming).toEqual([]);

  const after = filesOf();
  const differing = [...after.keys()].filter((path) => before.get(path) !== after.get(path));
  expect(differing.filter((path) => !path.startsWith(`${folder}/`))).toEqual([
    "workflows/registry.ts",
  ]);
  expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
});

test("linter and policy check take it as it stands, its worked case among the others", () => {
  const lint = join("node_modules", ".bin", "oxlint");
  const linted = execFileSync(lint, ["--deny-warnings", folder], { cwd: copy, encoding: "utf8" });
  expect(linted).toContain("Found 0 warnings and 0 errors");
  const checked = run("infra/tools/check-policy.ts");
  expect(checked).toContain("childcare-aid-2026");
  expect(checked).toContain("通过 · fit for use");
});

const start = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = fork(starter, [join(copy, ".data"), "0", summer], {
      cwd: copy,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    running = child;
    child.once("message", ({ url }: { readonly url: string }) => resolve(url));
    child.once("exit", (code) => reject(new Error(`the city ended at its start: ${code}`)));
  });

const asJson = { accept: "application/json", "content-type": "application/json" };

interface KeptMail {
  readonly to: string;
  readonly text: string;
}

const mailsAt = async (url: string): Promise<readonly KeptMail[]> =>
  (await (await fetch(`${url}/dev/mail.json`)).json()) as readonly KeptMail[];

const siteAt = (url: string): Site => ({
  url,
  mailsTo: async (email) => (await mailsAt(url)).filter(({ to }) => to === email),
  now: async () =>
    ((await (await fetch(`${url}/dev/clock`, { headers: asJson })).json()) as { now: Instant }).now,
});

const moveClock = async (url: string, to: Instant): Promise<void> => {
  const body = JSON.stringify({ to });
  const moved = await fetch(`${url}/dev/clock`, { method: "POST", headers: asJson, body });
  expect(moved.status).toBe(200);
};

const tries = 500;
const waitMs = 20;

/** Opens a page again and again until it shows what the machine brings about by itself. */
const untilShown = async (
  open: () => Promise<VisitedPage>,
  shows: (page: VisitedPage) => boolean,
): Promise<VisitedPage> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const page = await open();
    if (shows(page)) return page;
    await sleep(waitMs);
  }
  throw new Error(`still not so: ${wordsOf((await open()).html).slice(0, 600)}`);
};

/** A handler of the applicant's own office accepts the case and visits the home. */
const handle = async (site: Site, id: ApplicationId): Promise<void> => {
  const handler = await signInToDesk(site, "liangang-handler-1@example.org", demoTotpSecret);
  await untilShown(
    () => handler.get(paths.desk("handling", id)),
    ({ forms }) => forms.some(({ action }) => action.endsWith("/accept")),
  );
  await handleAtDesk(handler, id);
};

/** The notice stands on the public page under the programme's own name; then its working days go by. */
const passNotice = async (site: Site, id: ApplicationId): Promise<void> => {
  const anybody = createVisitor(site.url);
  const shown = await untilShown(
    () => anybody.get(paths.notices),
    ({ html }) => html.includes(paths.notice(id)),
  );
  expect(wordsOf(shown.html)).toContain(programme.title.zh);
  const { flowClock, calendar } = commonPolicy;
  await moveClock(site.url, deadlineAfter(await site.now(), flowClock.finalNotice, calendar));
  await untilShown(
    () => anybody.get(paths.notices),
    ({ html }) => !html.includes(paths.notice(id)),
  );
};

const pay = async (site: Site, fundId: string): Promise<void> => {
  const officer = await signInToDesk(site, "finance@example.org", demoTotpSecret);
  const authoriser = await signInToDesk(site, "authoriser@example.org", demoTotpSecret);
  const batchId = await assembleBatch(officer, fundId);
  await authoriseBatch(authoriser, batchId);
  const { page } = await bringReturn(officer, batchId, () => true);
  await bookReturn(officer, batchId, page);
};

test("a worker applies for it over HTTP, four tiers approve, and 6,000 yuan are paid", async () => {
  const url = await start();
  const site = siteAt(url);
  const answers = answersFor(programme, example, demoApplicant(1), "liangang");
  const applied = await apply(url, programme, answers);
  const { applicationId: id } = applied;
  await handle(site, id);

  // 2 × 3,000 is above the industrial union's 5,000, so the city decides as well.
  const tiers = ["grass_roots", "bureau", "industrial", "city"] as const;
  for (const tier of tiers) {
    const link = await linkFor(() => mailsAt(url), id, tier);
    const decided = await decideThrough(url, link, { kind: "approve", pin: demoPin });
    expect(wordsOf(decided.html)).toContain("同意");
  }
  await passNotice(site, id);
  const { visitor, page } = await follow(url, applied);
  expect(wordsOf(page.html)).toContain("已批准，待发放");
  expect(wordsOf(page.html)).toContain("托育救助");

  await pay(site, "union");
  const paid = await visitor.get(paths.case(id));
  expect(wordsOf(paid.html)).toContain("已发放");
  expect(wordsOf(paid.html)).toContain("6,000.00");
});
