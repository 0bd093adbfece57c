/** What somebody reads who may get no help for a time (policy 8.1 `fraud`): until when, why, and how to challenge it. */
import type { Bar } from "#shared/domain/bar.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { messagePage } from "#shared/web/error-page.ts";
import type { PageRequest, PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { barredWords } from "#shared/web/refusal-words.ts";

export const barredPage = (
  request: PageRequest,
  programme: EveryProgramme,
  id: ApplicationId,
  bar: Bar,
): PageResponse =>
  messagePage(
    409,
    request.locale,
    {
      title: { zh: "现在不能提交申请", en: "No application can be sent now" },
      happened: barredWords(bar),
      kept: {
        zh: "您填写的内容和上传的材料都还保存着，没有提交。",
        en: "What you filled in and the papers you sent are still saved; they were not handed in.",
      },
      next: {
        zh: "如果您认为这不对，可以向市总工会书面申诉，由没有参与原处理的人员复核；复核后可以提前解除。到期后可以正常申请。号码填错的，请返回修改。",
        en: "If you think this is wrong, write to the city federation: somebody who took no part will look at it, and can lift it early. After that day you may apply as anybody. If a number was typed wrongly, go back and change it.",
      },
      link: {
        href: paths.check(programme.id, id),
        label: { zh: "返回修改", en: "Go back and change it" },
      },
    },
    { path: paths.papers(programme.id, id) },
  );
