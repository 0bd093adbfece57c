/** Papers: what is wanted and there, and permission to put one file straight into the store. */
import * as z from "zod";
import { landedCount, uploadFormFor } from "#shared/casework/paper-files.ts";
import { paperMaxBytes, papersMax } from "#shared/domain/paper-file.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { done, operation, ownCase, refused, type Operation } from "../operation.ts";
import { papersBody, papersWanted } from "../views/papers-view.ts";

/** As long as the store takes it (shared/ports/object-store.ts). */
const uploadSeconds = 1_800;

const listPapers = operation({
  id: "listPapers",
  method: "GET",
  path: ["applications", ":applicationId", "papers"],
  scope: "applications:read",
  ofCase: true,
  answer: async (call) => done(await papersBody(call, ownCase(call))),
});

const notWanted = {
  zh: "这份申请不需要这种材料，请用材料列表中的 kind",
  en: "This application asks for no such paper: use a kind of its list of papers",
};

const permitUpload = operation<{ readonly kinds: readonly string[] }>({
  id: "permitUpload",
  method: "POST",
  path: ["applications", ":applicationId", "papers"],
  scope: "applications:write",
  ofCase: true,
  body: () => z.strictObject({ kinds: z.array(z.string().max(64)).min(1).max(papersMax) }),
  answer: async (call, { kinds }) => {
    const { uses } = call;
    const own = ownCase(call);
    const takesFiles = own.status === "draft" || own.status === "needs_information";
    if (!takesFiles) return refused({ code: "state_conflict" });
    const wanted = await papersWanted(call, own);
    if (!wanted) return refused({ code: "state_conflict", reason: "answers_incomplete" });
    const errors = kinds.flatMap((kind, index) =>
      wanted.some((paper) => paper.kind === kind)
        ? []
        : [{ pointer: `/kinds/${index}`, code: "not_an_option", detail: notWanted }],
    );
    if (errors.length > 0) return refused({ code: "invalid", errors });
    if ((await landedCount(uses, own)) + kinds.length > papersMax) {
      return refused({ code: "state_conflict", reason: "too_many_files" });
    }
    // A browser is sent on after its upload; a program sees the redirect and knows that the file has landed.
    const returnTo = absolute(uses.siteUrl, paths.api);
    const items = await Promise.all(
      kinds.map(async (kind) => ({
        kind,
        ...(await uploadFormFor(uses, own, { kind }, returnTo)),
      })),
    );
    return done({ items, maxBytes: paperMaxBytes, validSeconds: uploadSeconds }, 201);
  },
});

export const paperOperations: readonly Operation[] = [listPapers, permitUpload];
