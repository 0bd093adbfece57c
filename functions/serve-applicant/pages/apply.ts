/** A programme's start page, and the button on it. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { PageRequest, PageResponse } from "#shared/web/page.ts";
import type { Uses } from "../uses.ts";
import { beginDraft } from "./begin.ts";
import { startPage } from "./start.ts";

export const tooOften = (minutes: number): Text => ({
  zh: `短时间内操作次数太多。您填写的内容都还在，请在${minutes}分钟后再按一次。`,
  en: `Too many tries in a short time. Everything you typed is still here; please press the button again in ${minutes} minutes.`,
});

export const applyPage = async (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
): Promise<PageResponse> =>
  request.method === "GET"
    ? startPage(uses, request, programme)
    : beginDraft(uses, request, programme);
