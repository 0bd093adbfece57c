/** The list of what waits for one approver: GET shows, POST opens it with the PIN or decides what was ticked. */
import { sendDigest } from "#shared/casework/approver-digest.ts";
import { waitingFor } from "#shared/casework/approver-queue.ts";
import { decideSeveral, type Ticked } from "#shared/casework/decide-several.ts";
import { pinForQueue, type PinAnswer } from "#shared/casework/decision-pin.ts";
import { addDays, localDateOf, startOfDay } from "#shared/kernel/calendar.ts";
import { notFoundPage, tooManyPage } from "#shared/web/error-page.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { Uses } from "../uses.ts";
import { loadDoor, type QueueDoor } from "./queue-door.ts";
import { closedQueuePage, queuePage, type QueueProblem } from "./queue-page.ts";
import { resultsPage } from "./queue-results.ts";
import { doorPage } from "./queue-states.ts";
import { mayList, openSession } from "./session.ts";
import { readResults, readTicks, resultsText } from "./ticks.ts";

/** Beside the five tries of the PIN: whoever has the link can't go on guessing between the owner's right entries. */
const entriesPerDayMax = 40;
const minutesAnHour = 60;

const antiForgery = ({ vault }: Pick<Uses, "vault">, { staff, locator }: QueueDoor) =>
  vault.sign("decide-together", `${staff.id}|${vault.digest(locator)}`);

interface Shown {
  readonly problem?: QueueProblem;
  readonly status?: number;
  readonly isOpen?: boolean;
}

const shown = async (
  uses: Uses,
  request: PageRequest,
  door: QueueDoor,
  { problem, status = 200, isOpen }: Shown = {},
): Promise<PageResponse> => {
  const view = {
    door,
    locale: request.locale,
    antiForgery: await antiForgery(uses, door),
    form: request.form,
    problem: problem ?? null,
    status,
  };
  return (isOpen ?? (await mayList(uses, request, door)))
    ? queuePage(uses, view)
    : closedQueuePage(view);
};

export const showQueue = async (
  uses: Uses,
  request: PageRequest,
  locator: string,
): Promise<PageResponse> => {
  const door = await loadDoor(uses, locator);
  if (!door) return notFoundPage(request.locale);
  return door.state ? doorPage(request.locale, door, door.state) : shown(uses, request, door);
};

/** What became of cases decided together. Without the PIN of the last minutes it is asked for first. */
export const showTogether = async (
  uses: Uses,
  request: PageRequest,
  locator: string,
  results: string,
): Promise<PageResponse> => {
  const door = await loadDoor(uses, locator);
  if (!door) return notFoundPage(request.locale);
  if (door.state) return doorPage(request.locale, door, door.state);
  if (!(await mayList(uses, request, door))) return redirect(door.path);
  return resultsPage(uses, {
    door,
    locale: request.locale,
    path: paths.decidedTogether(locator, results),
    results: readResults(results),
  });
};

const renewLink = async (
  uses: Uses,
  request: PageRequest,
  door: QueueDoor,
): Promise<PageResponse> => {
  const { asked } = await waitingFor(uses, door.staff);
  // The same day's mail is the same mail: asking again and again sends nothing more.
  if (asked.length > 0) await sendDigest(uses, door.staff, asked, localDateOf(uses.clock.now()));
  return doorPage(request.locale, door, "renewed");
};

type Entry = PinAnswer | { readonly kind: "too_many" };

const enterPin = async (uses: Uses, request: PageRequest, door: QueueDoor): Promise<Entry> => {
  const dayEnds = startOfDay(addDays(localDateOf(uses.clock.now()), 1));
  const key = `queue-pin#${uses.vault.digest(door.locator)}`;
  if ((await uses.directory.countAttempt(key, dayEnds)) > entriesPerDayMax) {
    return { kind: "too_many" };
  }
  return pinForQueue(uses, door.staff, request.form["pin"] ?? "");
};

const decideTicked = async (
  uses: Uses,
  door: QueueDoor,
  ticked: readonly Ticked[],
  opened: string,
): Promise<PageResponse> => {
  const decided = await decideSeveral(uses, door.staff, ticked);
  const location =
    decided.length > 0
      ? paths.decidedTogether(door.locator, resultsText(decided))
      : // Nothing that was ticked is this person's: the list as it is says what is.
        door.path;
  return redirect(location, [opened]);
};

export const answerQueue = async (
  uses: Uses,
  request: PageRequest,
  locator: string,
): Promise<PageResponse> => {
  const door = await loadDoor(uses, locator);
  if (!door) return notFoundPage(request.locale);
  const { form, locale } = request;
  if (door.state === "expired" && form["action"] === "renew") return renewLink(uses, request, door);
  if (door.state) return doorPage(locale, door, door.state);
  if (form["intent"] === "language") return shown(uses, request, door);
  const token = await antiForgery(uses, door);
  if (form["token"] !== token) return doorPage(locale, door, "forged");
  const ticked = form["action"] === "decide" ? readTicks(form) : null;
  if (ticked?.length === 0) {
    return shown(uses, request, door, { problem: { kind: "nothing_ticked" }, status: 422 });
  }
  const pin = await enterPin(uses, request, door);
  if (pin.kind === "too_many") return tooManyPage(locale, 24 * minutesAnHour);
  if (pin.kind === "locked") return doorPage(locale, door, "pin_locked");
  if (pin.kind !== "right") return shown(uses, request, door, { problem: pin, status: 422 });
  const opened = await openSession(uses, { kind: "approver_queue", staffId: door.staff.id });
  if (ticked) return decideTicked(uses, door, ticked, opened);
  // The list was closed while cases were ticked: it comes back with the ticks.
  return readTicks(form).length > 0
    ? { ...(await shown(uses, request, door, { isOpen: true })), cookies: [opened] }
    : redirect(door.path, [opened]);
};
