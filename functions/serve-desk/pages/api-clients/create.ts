/** A new client: its key is made here, shown once by the next page, and kept by nobody but the client. */
import {
  apiClientProblems,
  apiKeyBytes,
  apiKeyOf,
  apiScopes,
  apiScopeTitles,
  type ApiClient,
  type ApiScope,
} from "#shared/domain/api-client.ts";
import { newApiClientId } from "#shared/kernel/ids.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { textField, ticksField, type FormView } from "../people/fields.ts";
import { keyCookie } from "./key-once.ts";
import { problemWords, words } from "./words.ts";

const scopeBox = (scope: ApiScope): string => `scope_${scope.replace(":", "_")}`;

const newPath = paths.desk("api-clients", "new");

const clientForm = async (desk: Desk, view: FormView): Promise<PageResponse> => {
  const { problem } = view;
  const title = say(desk, words.add);
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  const content = html`${textField(desk, view, "name", { label: words.name, hint: words.nameHint, maxLength: 120 })}
    ${ticksField(desk, view, "scopes", {
      label: words.scopes,
      hint: words.scopesHint,
      boxes: apiScopes.map((scope) => ({ name: scopeBox(scope), label: apiScopeTitles[scope] })),
    })}
    ${textField(desk, view, "callsPerMinute", { label: words.calls, hint: words.callsHint, maxLength: 6 })}
    <p class="actions">
      <button>${say(desk, words.make)}</button>
      <a href="${paths.desk("api-clients")}">${say(desk, words.back)}</a>
    </p>`;
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${await deskForm(desk, newPath, content)}`,
  });
};

export const showNewClient = (desk: Desk): Promise<PageResponse> =>
  clientForm(desk, { values: { callsPerMinute: "600" }, problem: null });

export const makeClient = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const { form } = request;
  const given = {
    name: (form["name"] ?? "").normalize("NFKC").trim(),
    scopes: apiScopes.filter((scope) => form[scopeBox(scope)] === "yes"),
    callsPerMinute: /^\d{1,6}$/u.test((form["callsPerMinute"] ?? "").trim())
      ? Number(form["callsPerMinute"])
      : Number.NaN,
  };
  const [wrong] = apiClientProblems(given);
  if (wrong) return clientForm(desk, { values: form, problem: problemWords[wrong] });
  const key = apiKeyOf(Buffer.from(uses.random(apiKeyBytes)).toString("base64url"));
  const client: ApiClient = {
    ...given,
    id: newApiClientId(uses.random(8)),
    keyHash: uses.vault.digest(key),
    createdAt: uses.clock.now(),
    createdBy: session.staff.id,
    revokedAt: null,
    revokedBy: null,
  };
  await uses.apiClients.put(client);
  return redirect(paths.desk("api-clients", client.id), [await keyCookie(desk, client, key)]);
};
