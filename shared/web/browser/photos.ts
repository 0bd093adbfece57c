/**
 * Photos straight from the phone: several at once, each shrunk, shown and sent by itself. What the list then shows
 * comes from the server; a photo that didn't get there can be sent again. Without this a form sends one file.
 */
import { refreshLiveParts } from "./live-parts.ts";
import { shrinkPhoto } from "./shrink-photo.ts";

type Words = Readonly<Record<string, string | undefined>>;

/** A chosen file on its way. */
interface Sending {
  readonly form: HTMLFormElement;
  readonly file: File;
  readonly row: HTMLElement;
  /** Shrunk already, when it is tried again. */
  blob: Blob | null;
}

interface Outbox {
  readonly page: Document;
  readonly words: Words;
  readonly bytesMax: number;
  readonly queue: Sending[];
  /** Pictures of what was sent from here, by the name the list gives it. */
  readonly pictures: Map<string, string>;
  /** Forms whose permission is used up: the next file needs a fresh one, or it would take this one's place. */
  readonly spent: Set<HTMLFormElement>;
  isBusy: boolean;
  sent: number;
  failed: number;
}

const lookAgainMs = 3_000;
const looksMax = 20;

const filled = (words: string | undefined, values: Readonly<Record<string, number>>): string =>
  Object.keys(values).reduce(
    (text, name) => text.split(`{${name}}`).join(String(values[name])),
    words ?? "",
  );

const element = (page: Document, name: string, text = "", className = ""): HTMLElement => {
  const made = page.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

const thumbnail = (page: Document, address: string): HTMLImageElement => {
  const image = page.createElement("img");
  image.className = "thumb";
  image.alt = "";
  image.src = address;
  return image;
};

const keyOf = (form: HTMLFormElement): string =>
  form.querySelector<HTMLInputElement>('input[name="key"]')?.value ?? "";

/** Puts the pictures that are known here beside the files in the list. */
const showPictures = ({ page, pictures }: Outbox): void => {
  for (const line of page.querySelectorAll<HTMLElement>("[data-file]")) {
    const address = pictures.get(line.dataset["file"] ?? "");
    if (address && !line.querySelector("img")) {
      line.insertBefore(thumbnail(page, address), line.firstChild);
    }
  }
};

/** Takes the lists and the forms' permissions from the page as it is now. @returns whether there is one. */
const renew = async (outbox: Outbox): Promise<boolean> => {
  const fresh = await refreshLiveParts(outbox.page);
  if (!fresh) return false;
  for (const form of outbox.page.querySelectorAll<HTMLFormElement>("form[data-photos]")) {
    const kind = form.dataset["photos"] ?? "";
    const other = fresh.querySelector<HTMLFormElement>(`form[data-photos="${kind}"]`);
    if (!other) continue;
    form.setAttribute("action", other.getAttribute("action") ?? "");
    for (const field of form.querySelectorAll('input[type="hidden"]')) field.remove();
    for (const field of other.querySelectorAll('input[type="hidden"]')) {
      form.insertBefore(field, form.firstChild);
    }
    outbox.spent.delete(form);
  }
  showPictures(outbox);
  return true;
};

const post = async (form: HTMLFormElement, blob: Blob): Promise<boolean> => {
  const body = new FormData();
  for (const field of form.querySelectorAll<HTMLInputElement>('input[type="hidden"]')) {
    body.append(field.name, field.value);
  }
  body.append("file", blob, "file");
  const action = form.getAttribute("action") ?? "";
  // The store answers by sending the browser back to the page; that it does so is all we want to know.
  const answer = await fetch(action, {
    method: "POST",
    body,
    credentials: "omit",
    redirect: "manual",
  });
  return answer.type === "opaqueredirect" || answer.ok;
};

/** Sends with the form's permission, or a fresh one when that was used or has run out. */
const deliver = async (outbox: Outbox, { form }: Sending, blob: Blob): Promise<"sent" | "gone"> => {
  for (const isFresh of [false, true]) {
    if ((isFresh || outbox.spent.has(form)) && !(await renew(outbox))) return "gone";
    if (outbox.spent.has(form)) return "gone";
    const key = keyOf(form);
    outbox.spent.add(form);
    if (await post(form, blob)) {
      if (blob.type.startsWith("image/jpeg")) {
        outbox.pictures.set(key.slice(key.lastIndexOf("/") + 1), URL.createObjectURL(blob));
      }
      return "sent";
    }
  }
  return "gone";
};

const fail = (outbox: Outbox, sending: Sending, why: string | undefined, again: boolean): void => {
  const { page, words } = outbox;
  outbox.failed += 1;
  sending.row.textContent = "";
  sending.row.appendChild(element(page, "span", `${sending.file.name} `));
  sending.row.appendChild(element(page, "span", why, "problem"));
  const button = (label: string | undefined, act: () => void): void => {
    const made = element(page, "button", label, "second") as HTMLButtonElement;
    made.type = "button";
    made.addEventListener("click", () => {
      outbox.failed -= 1;
      act();
    });
    sending.row.appendChild(made);
  };
  if (again) button(words["retry"], () => enqueue(outbox, sending));
  button(words["drop"], () => sending.row.remove());
};

const sendOne = async (outbox: Outbox, sending: Sending): Promise<void> => {
  const { page, words } = outbox;
  const { file, row } = sending;
  sending.blob ??= (await shrinkPhoto(page, file)) ?? file;
  const { blob } = sending;
  if (blob.size > outbox.bytesMax) return fail(outbox, sending, words["large"], false);
  row.textContent = "";
  if (blob !== file) row.appendChild(thumbnail(page, URL.createObjectURL(blob)));
  row.appendChild(element(page, "span", words["sending"]));
  row.appendChild(page.createElement("progress"));
  try {
    if ((await deliver(outbox, sending, blob)) === "gone") {
      return fail(outbox, sending, words["gone"], true);
    }
  } catch {
    // The line broke. Whether the file arrived nobody knows; sent twice, it is one paper.
    return fail(outbox, sending, words["failed"], true);
  }
  outbox.sent += 1;
  // It is there; that the list can't be shown now is no reason to send it again.
  await renew(outbox).catch(() => false);
  row.remove();
};

const say = (form: HTMLFormElement, text: string): void => {
  const status = form.querySelector('[role="status"]');
  if (status) status.textContent = text;
};

/** A photo that the server is turning into another kind is looked for again, a while. */
const lookAgain = (outbox: Outbox, looks = 0): void => {
  if (looks >= looksMax || !outbox.page.querySelector("[data-converting]")) return;
  setTimeout(() => {
    if (outbox.isBusy) return;
    void renew(outbox).then(
      () => lookAgain(outbox, looks + 1),
      () => lookAgain(outbox, looks + 1),
    );
  }, lookAgainMs);
};

const work = async (outbox: Outbox): Promise<void> => {
  if (outbox.isBusy) return;
  outbox.isBusy = true;
  outbox.sent = 0;
  let last: HTMLFormElement | null = null;
  for (let next = outbox.queue.shift(); next; next = outbox.queue.shift()) {
    last = next.form;
    const all = outbox.sent + outbox.queue.length + 1;
    say(last, filled(outbox.words["progress"], { n: outbox.sent + 1, all }));
    await sendOne(outbox, next);
  }
  outbox.isBusy = false;
  const { failed, sent, words } = outbox;
  if (last) {
    say(
      last,
      failed > 0 ? filled(words["some"], { n: failed }) : filled(words["done"], { all: sent }),
    );
  }
  lookAgain(outbox);
};

const enqueue = (outbox: Outbox, sending: Sending): void => {
  sending.row.textContent = outbox.words["waiting"] ?? "";
  outbox.queue.push(sending);
  void work(outbox);
};

const enhance = (outbox: Outbox, form: HTMLFormElement): void => {
  const { page } = outbox;
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  form.classList.add("by-script");
  input.multiple = true;
  input.required = false;
  for (const name of ["one", "several"]) {
    const label = form.querySelector<HTMLElement>(`label .${name}`);
    if (label) label.hidden = name === "one";
  }
  const rows = element(page, "ul", "", "files papers");
  const status = element(page, "p", "", "soft");
  status.setAttribute("role", "status");
  form.appendChild(status);
  form.appendChild(rows);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // The same photo may be chosen once more.
    input.value = "";
    for (const file of files) {
      const row = element(page, "li");
      rows.appendChild(row);
      enqueue(outbox, { form, file, row, blob: null });
    }
  });
};

/** Nothing is handed in, and the page isn't left without a word, while photos are on their way. */
const guard = (outbox: Outbox): void => {
  outbox.page.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!outbox.isBusy || !(form instanceof HTMLFormElement)) return;
      event.preventDefault();
      let status = form.querySelector('[data-busy="status"]');
      if (!status) {
        status = element(outbox.page, "p", "", "problem");
        status.setAttribute("data-busy", "status");
        status.setAttribute("role", "alert");
        form.appendChild(status);
      }
      status.textContent = outbox.words["busy"] ?? "";
    },
    { capture: true },
  );
  window.addEventListener("beforeunload", (event) => {
    if (outbox.isBusy) event.preventDefault();
  });
};

/** Makes the upload forms of a page take several photos. */
export const photos = (page: Document): void => {
  const words = page.getElementById("photo-words");
  const forms = [...page.querySelectorAll<HTMLFormElement>("form[data-photos]")];
  if (!words || forms.length === 0) return;
  const outbox: Outbox = {
    page,
    words: words.dataset,
    bytesMax: Number(words.dataset["bytesMax"]),
    queue: [],
    pictures: new Map(),
    spent: new Set(),
    isBusy: false,
    sent: 0,
    failed: 0,
  };
  for (const form of forms) enhance(outbox, form);
  guard(outbox);
  lookAgain(outbox);
};
