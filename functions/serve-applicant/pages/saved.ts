/** What to keep when one goes on later: reference and access code, and how to come back with them. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { loadDraft, openQuestion } from "../draft.ts";
import type { OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { credentials } from "./papers.ts";

const words = {
  title: { zh: "已经保存，可以以后再填", en: "Saved: you can go on later" },
  keep: {
    zh: "请马上抄下或拍下受理编号和查询码。它们是接着填写的唯一凭据，不要告诉别人。",
    en: "Write down or photograph the reference and the access code now. Only they lead back to this application; tell them to nobody.",
  },
  notSent: { zh: "申请还没有提交。", en: "The application is not handed in yet." },
  how: { zh: "怎么接着填", en: "How to go on" },
  open: { zh: "用任何手机或电脑打开：", en: "On any phone or computer open:" },
  type: {
    zh: "输入受理编号和查询码，就会回到没填完的地方。",
    en: "Type reference and access code; you come back to where you left.",
  },
  until: {
    zh: "填写的内容保留30天，上传的材料保留7天；请在受理截止前提交。",
    en: "Answers are kept 30 days, papers that were sent 7 days; hand it in before applications close.",
  },
  on: { zh: "现在接着填", en: "Go on now" },
} as const satisfies Record<string, Text>;

export const savedPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const draft = await loadDraft(uses, own, programme);
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.title),
      path: paths.saved(programme.id, own.application.id),
      body: html`<h1>${say(words.title)}</h1>
        <p class="lead">${say(programme.title)} · ${say(words.notSent)}</p>
        <div class="panel">
          ${await credentials(uses, request, own)}
          <p><strong>${say(words.keep)}</strong></p>
        </div>
        <h2>${say(words.how)}</h2>
        <ol>
          <li>
            ${say(words.open)}
            <a href="${paths.status}">${absolute(uses.siteUrl, paths.status)}</a>
          </li>
          <li>${say(words.type)}</li>
        </ol>
        <p class="soft">${say(words.until)}</p>
        <p class="actions">
          <a class="button second" href="${openQuestion(own, draft)}">${say(words.on)}</a>
        </p>`,
    }),
  );
};
