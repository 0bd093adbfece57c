/** Opening the household's file from a case in acceptance: it is then assessed anew, as a claim against the file. */
import { openFileFromApplication } from "#shared/casework/archive-from-case.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, mayDo, forbidden, type Desk } from "../../frame.ts";
import { toCase } from "./actions.ts";
import { changedSince, loadHandled } from "./load.ts";

const reasonMaxLength = 200;

const words = {
  title: { zh: "没有建档", en: "No file was opened" },
  reason: {
    zh: "请写明建档理由（最多200个字），它会留在档案的历史里。",
    en: "Say why it is filed, in 200 characters at most: it stands in the file's history.",
  },
  back: { zh: "返回案件", en: "Back to the case" },
  next: { zh: "请返回案件继续办理。", en: "Please go back to the case." },
} as const satisfies Record<string, Text>;

const notOpened = (
  desk: Desk,
  id: ApplicationId,
  happened: Text,
  link?: { readonly href: string; readonly label: Text },
): PageResponse =>
  deskMessage(desk, 422, {
    title: words.title,
    happened,
    next: words.next,
    link: link ?? { href: paths.desk("handling", id), label: words.back },
  });

export const openFile = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, typed);
  if (loaded.kind === "refused") return loaded.page;
  const { application } = loaded;
  if (!mayDo(desk, "keep_archive")) return forbidden(desk, "keep_archive");
  if (desk.request.form["version"] !== String(application.version)) {
    return changedSince(desk, application.id);
  }
  const reason = (desk.request.form["fileReason"] ?? "").trim();
  if (reason === "" || reason.length > reasonMaxLength) {
    return notOpened(desk, application.id, words.reason);
  }
  const by = desk.session.staff.id;
  const opened = await openFileFromApplication(desk.uses, application, by, reason);
  switch (opened.kind) {
    case "opened":
      return toCase(application);
    case "not_filed":
      return notOpened(desk, application.id, opened.says);
    case "person_in_other_file": {
      const [fileId = ""] = opened.fileIds;
      return notOpened(
        desk,
        application.id,
        {
          zh: `家庭成员已经在别的档案里：${opened.fileIds.join("、")}。`,
          en: `A member of the household stands in another file: ${opened.fileIds.join(", ")}.`,
        },
        {
          href: paths.desk("archive", fileId),
          label: { zh: "打开那份档案", en: "Open that file" },
        },
      );
    }
    case "not_in_acceptance":
    case "case_changed":
      return changedSince(desk, application.id);
  }
};
