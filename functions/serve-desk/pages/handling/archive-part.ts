/** What the archive says beside a case: the household's file, and people who may be the same one (近似重复). */
import { nearDuplicatesOf } from "#shared/casework/near-duplicates.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { nearPart } from "#shared/web/near-part.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, say, type Desk } from "../../frame.ts";

const words = {
  archive: { zh: "困难职工档案", en: "Hardship file" },
  noFile: {
    zh: "没有档案，按临时困难办理。家庭符合建档条件的，可以先按这份申请建档，再重新核算。",
    en: "No file: handled as temporary hardship. A household that qualifies can be filed from this application first; it is then worked out anew.",
  },
  reason: { zh: "建档理由", en: "Why it is filed" },
  open: { zh: "按这份申请建档", en: "Open a file from it" },
  look: { zh: "核对疑似重复", en: "Look into the near-duplicates" },
} as const satisfies Record<string, Text>;

/** The way to a file, for a household that has none. */
export const filePart = async (desk: Desk, application: Application): Promise<Html> => {
  const { id, status, version } = application;
  const form =
    status === "in_acceptance"
      ? await deskForm(
          desk,
          paths.desk("handling", id, "file"),
          html`<input type="hidden" name="version" value="${version}" />
            <div class="item">
              <label for="file-reason">${say(desk, words.reason)}</label>
              <input type="text" id="file-reason" name="fileReason" maxlength="200" />
            </div>
            <p class="actions"><button class="second">${say(desk, words.open)}</button></p>`,
        )
      : null;
  return html`<h2>${say(desk, words.archive)}</h2>
    <p>${say(desk, words.noFile)}</p>
    ${form}`;
};

/** Who shares something with the applicant, and the way to say that they are not one. */
export const nearDuplicates = async (
  desk: Desk,
  application: Application,
  names: ReadonlyMap<string, string>,
): Promise<Html | null> => {
  const found = await nearDuplicatesOf(desk.uses, application);
  const open = found.some(({ settled }) => settled === null);
  return html`${nearPart({ found, names, locale: desk.request.locale })}
  ${
    open
      ? html`<p>
          <a href="${paths.desk("archive", "near", application.id)}">${say(desk, words.look)}</a>
        </p>`
      : null
  }`;
};
