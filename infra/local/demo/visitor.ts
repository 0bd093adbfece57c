/**
 * A person with a browser, over HTTP: keeps cookies, follows redirects after a form, reads forms out of pages
 * and sends them as a browser without scripts does. What it can't find on a page is an error, as for a person.
 */

export interface PageForm {
  readonly action: string;
  readonly method: string;
  readonly multipart: boolean;
  /** What the browser would send if nobody typed anything, in the order of the page. */
  readonly fields: readonly (readonly [string, string])[];
}

export interface VisitedPage {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly forms: readonly PageForm[];
}

export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Visitor {
  readonly get: (pathOrUrl: string) => Promise<VisitedPage>;
  /** Sends a form with `typed` put over what stands in it; fields that aren't in the form are sent too. */
  readonly send: (
    page: VisitedPage,
    form: PageForm,
    typed?: Readonly<Record<string, string>>,
  ) => Promise<VisitedPage>;
  readonly upload: (page: VisitedPage, form: PageForm, file: UploadedFile) => Promise<VisitedPage>;
  readonly download: (pathOrUrl: string) => Promise<Uint8Array>;
  /** The cookies as the browser would send them now. */
  readonly cookieHeader: () => string;
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};
const decoded = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => entities[entity] ?? entity);

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}(?:="(?<value>[^"]*)")?(?=[\\s/>])`, "u").exec(tag);
  return match ? decoded(match.groups?.["value"] ?? "") : null;
};

const chosenOption = (select: string): string => {
  const options = [...select.matchAll(/<option[^>]*>/gu)].map(([tag]) => tag);
  const chosen = options.find((tag) => attribute(tag, "selected") !== null) ?? options[0];
  return chosen ? (attribute(chosen, "value") ?? "") : "";
};

const controlPattern =
  /<input\b[^>]*>|<textarea\b[^>]*>(?<text>[\s\S]*?)<\/textarea\s*>|<select\b[^>]*>[\s\S]*?<\/select>/gu;

const fieldsOf = (markup: string): [string, string][] =>
  [...markup.matchAll(controlPattern)].flatMap((match): [string, string][] => {
    const [control] = match;
    const tag = control.slice(0, control.indexOf(">") + 1);
    const name = attribute(tag, "name");
    if (name === null) return [];
    if (control.startsWith("<select")) return [[name, chosenOption(control)]];
    if (control.startsWith("<textarea"))
      return [[name, decoded(match.groups?.["text"] ?? "").trim()]];
    const type = attribute(tag, "type") ?? "text";
    if (type === "file" || type === "submit") return [];
    const ticked =
      type !== "checkbox" && type !== "radio" ? true : attribute(tag, "checked") !== null;
    return ticked ? [[name, attribute(tag, "value") ?? ""]] : [];
  });

const formsOf = (html: string): readonly PageForm[] =>
  [...html.matchAll(/(?<tag><form\b[^>]*>)(?<inside>[\s\S]*?)<\/form>/gu)].map(({ groups }) => {
    const tag = groups?.["tag"] ?? "";
    return {
      action: attribute(tag, "action") ?? "",
      method: (attribute(tag, "method") ?? "get").toLowerCase(),
      multipart: attribute(tag, "enctype") === "multipart/form-data",
      fields: fieldsOf(groups?.["inside"] ?? ""),
    };
  });

/** The words of a page, for reading and for telling what went wrong. */
export const wordsOf = (html: string): string =>
  decoded(html.replaceAll(/<(?:script|style|head)[\s\S]*?<\/(?:script|style|head)>/gu, " "))
    .replaceAll(/<[^>]+>/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();

const redirectsMax = 10;

/** Opens a browser of one person at a site. */
export const createVisitor = (siteUrl: string): Visitor => {
  const cookies = new Map<string, string>();

  const cookieHeader = (): string =>
    [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

  const request = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set("cookie", cookieHeader());
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = "", ...flags] = cookie.split(";");
      const at = pair.indexOf("=");
      const ended = flags.some((flag) => flag.trim().toLowerCase() === "max-age=0");
      if (ended) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };

  const open = async (url: string, init: RequestInit = {}): Promise<VisitedPage> => {
    let response = await request(url, init);
    let at = url;
    for (let hops = 0; response.status >= 300 && response.status < 400; hops += 1) {
      if (hops === redirectsMax) throw new Error(`too many redirects at ${siteUrl}`);
      at = new URL(response.headers.get("location") ?? "", at).href;
      response = await request(at, {});
    }
    const html = await response.text();
    return { status: response.status, url: at, html, forms: formsOf(html) };
  };

  const absolute = (address: string, base = siteUrl): string => new URL(address, base).href;

  return {
    cookieHeader,
    get: (address) => open(absolute(address)),
    send: (page, form, typed = {}) => {
      const kept = form.fields.filter(([name]) => !Object.hasOwn(typed, name));
      const body = new URLSearchParams([
        ...kept.map(([name, value]) => [name, value] as [string, string]),
        ...Object.entries(typed),
      ]);
      const url = absolute(form.action, page.url);
      if (form.method === "get") return open(`${url.split("?")[0]}?${body.toString()}`);
      return open(url, { method: "POST", body, headers: { origin: new URL(siteUrl).origin } });
    },
    upload: (page, form, file) => {
      const body = new FormData();
      for (const [name, value] of form.fields) body.append(name, value);
      body.append("file", new Blob([Buffer.from(file.bytes)], { type: file.type }), file.name);
      return open(absolute(form.action, page.url), { method: "POST", body });
    },
    download: async (address) => {
      let response = await request(absolute(address), {});
      for (
        let hops = 0;
        response.status >= 300 && response.status < 400 && hops < redirectsMax;
        hops += 1
      ) {
        response = await request(absolute(response.headers.get("location") ?? ""), {});
      }
      if (!response.ok) throw new Error(`a download was answered with ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
};

/** The form on a page whose address ends so. @throws with the page's words when there is none. */
export const formTo = (page: VisitedPage, ending: string | RegExp): PageForm => {
  const form = page.forms.find(({ action }) =>
    typeof ending === "string" ? action.endsWith(ending) : ending.test(action),
  );
  if (!form) {
    throw new Error(`no form to ${ending} on ${page.status}: ${wordsOf(page.html).slice(0, 600)}`);
  }
  return form;
};

/** The form that carries a field of this name and value. @throws with the page's words when there is none. */
export const formWith = (page: VisitedPage, name: string, value?: string): PageForm => {
  const form = page.forms.find(({ fields }) =>
    fields.some(([field, held]) => field === name && (value === undefined || held === value)),
  );
  if (!form) {
    throw new Error(`no form with ${name} on ${page.status}: ${wordsOf(page.html).slice(0, 600)}`);
  }
  return form;
};

/** @throws with the page's words unless the page came with this status. */
export const expectStatus = (page: VisitedPage, status: number, what: string): VisitedPage => {
  if (page.status === status) return page;
  throw new Error(
    `${what}: ${page.status} instead of ${status}: ${wordsOf(page.html).slice(0, 600)}`,
  );
};
