/** What emergency relief writes to the applicant. No names, no event: a mail is no safe place (policy 7). */
import type { Letters } from "#shared/domain/programme.ts";

export const letters: Letters = {
  received: {
    zh: "您的应急救助申请已收到，工会将尽快上门核实；其余材料可以随后补齐。请保管好受理编号和查询码，随时查看进度。",
    en: "Your application for emergency relief has arrived. The union will visit you as soon as it can; the remaining papers may follow. Keep the reference and the access code: with them you can follow the case at any time.",
  },
  approved: {
    zh: "您的应急救助申请已获批准，救助金将转入您登记的银行卡，发放后按规定公示。金额和进度请用受理编号和查询码查看。",
    en: "Your application for emergency relief is approved. The money goes to the bank card you gave; the public notice follows the payment. See the amount and the progress with your reference and access code.",
  },
  refused: {
    zh: "您的应急救助申请经审核未获批准。具体原因、适用的规定和您可以采取的办法，请用受理编号和查询码查看。",
    en: "Your application for emergency relief was examined and not approved. See the reasons, the rules that were applied and what you can do with your reference and access code.",
  },
};
