/** What winter warmth writes to the applicant. No names, no causes: a mail is no safe place (policy 7). */
import type { Letters } from "#shared/domain/programme.ts";

export const letters: Letters = {
  received: {
    zh: "您的冬送温暖申请已收到，工会将上门核实家庭情况。请保管好受理编号和查询码，随时查看进度。",
    en: "Your Winter Warmth application has arrived. The union will visit the household to check its situation. Keep the reference and the access code: with them you can follow the case at any time.",
  },
  approved: {
    zh: "您的冬送温暖申请已获批准，慰问金将在元宵节前转入您登记的银行卡。金额和进度请用受理编号和查询码查看。",
    en: "Your Winter Warmth application is approved. Before the Lantern Festival the money goes to the bank card you gave. See the amount and the progress with your reference and access code.",
  },
  refused: {
    zh: "您的冬送温暖申请经审核未获批准。具体原因、适用的规定和您可以采取的办法，请用受理编号和查询码查看。",
    en: "Your Winter Warmth application was examined and not approved. See the reasons, the rules that were applied and what you can do with your reference and access code.",
  },
};
