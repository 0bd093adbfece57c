/** All clients, one of them, and the button that ends it. */
import { apiScopeTitles, isInForce, type ApiClient } from "#shared/domain/api-client.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  count,
  deskForm,
  deskPage,
  factRow,
  figureHeading,
  say,
  table,
  type Desk,
} from "../../frame.ts";
import { keyMadeHere } from "./key-once.ts";
import { words } from "./words.ts";

const listPath = paths.desk("api-clients");

const stateTag = (desk: Desk, client: ApiClient): Html =>
  isInForce(client)
    ? html`<span class="tag good nowrap">${say(desk, words.inForce)}</span>`
    : html`<span class="tag nowrap">${say(desk, words.revoked)}</span>`;

const row = (desk: Desk, client: ApiClient): Html =>
  html`<tr>
    <td><a href="${paths.desk("api-clients", client.id)}">${client.name}</a></td>
    <td>${client.scopes.join(", ")}</td>
    <td class="figure">${count(client.callsPerMinute)}</td>
    <td>${dateTime(client.createdAt, desk.request.locale)}</td>
    <td>${stateTag(desk, client)}</td>
  </tr>`;

export const showClients = async (desk: Desk): Promise<PageResponse> => {
  const clients = await desk.uses.apiClients.all();
  const title = say(desk, words.title);
  const heads = [words.name, words.scopes, figureHeading(words.calls), words.created, words.state];
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p>${say(desk, words.lead)}</p>
      <p class="actions">
        <a class="button" href="${paths.desk("api-clients", "new")}">${say(desk, words.add)}</a>
        <a href="${paths.api}">${say(desk, words.reference)}</a>
      </p>
      ${
        clients.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : table(
              desk,
              heads,
              clients.map((client) => row(desk, client)),
            )
      }`,
  });
};

const clientById = async ({ uses }: Desk, id: string): Promise<ApiClient | undefined> =>
  (await uses.apiClients.all()).find((client) => client.id === id);

const facts = (desk: Desk, client: ApiClient): Html => {
  const { locale } = desk.request;
  const { revokedAt } = client;
  return html`<dl class="facts">
    ${factRow(say(desk, words.id), html`<span class="code">${client.id}</span>`)}
    ${factRow(say(desk, words.state), stateTag(desk, client))}
    ${factRow(
      say(desk, words.scopes),
      html`<ul>
        ${client.scopes.map(
          (scope) =>
            html`<li>
              ${say(desk, apiScopeTitles[scope])} <span class="code small">${scope}</span>
            </li>`,
        )}
      </ul>`,
    )}
    ${factRow(say(desk, words.calls), count(client.callsPerMinute))}
    ${factRow(say(desk, words.created), dateTime(client.createdAt, locale))}
    ${revokedAt && factRow(say(desk, words.revokedAt), dateTime(revokedAt, locale))}
  </dl>`;
};

export const showClient = async (desk: Desk, id: string): Promise<PageResponse> => {
  const client = await clientById(desk, id);
  if (!client) return notFoundPage(desk.request.locale);
  const made = await keyMadeHere(desk, client);
  const end = html`<p>${say(desk, words.revokeMeans)}</p>
    <p class="actions"><button class="danger">${say(desk, words.revoke)}</button></p>`;
  const page = await deskPage(desk, {
    title: client.name,
    body: html`<h1>${client.name}</h1>
      ${
        made &&
        html`<div class="notice good">
          <h2>${say(desk, words.key)}</h2>
          <p><strong class="code">${made.key}</strong></p>
          <p>${say(desk, words.keyNext)}</p>
        </div>`
      }
      ${facts(desk, client)}
      ${
        isInForce(client) &&
        (await deskForm(desk, paths.desk("api-clients", client.id, "revoke"), end))
      }
      <p class="actions"><a href="${listPath}">${say(desk, words.back)}</a></p>`,
  });
  return made ? { ...page, cookies: [...(page.cookies ?? []), made.forget] } : page;
};

export const revokeClient = async (desk: Desk, id: string): Promise<PageResponse> => {
  const { uses, session } = desk;
  const client = await clientById(desk, id);
  if (!client) return notFoundPage(desk.request.locale);
  // Pressed twice: it is revoked, and nothing more happens.
  await uses.apiClients.revoke(client.keyHash, uses.clock.now(), session.staff.id);
  return redirect(paths.desk("api-clients", client.id));
};
