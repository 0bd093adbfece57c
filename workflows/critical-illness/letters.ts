/** What critical-illness aid writes to the applicant. No names, no diagnosis: a mail is no safe place (policy 7). */
import type { Letters } from "#shared/domain/programme.ts";

export const letters: Letters = {
  received: {
    zh: "您的大病救助申请已收到，工会将核对医疗费用和报销情况并上门核实。请保管好受理编号和查询码，随时查看进度。",
    en: "Your application for critical-illness aid has arrived. The union will check the bills and what was reimbursed, and visit the household. Keep the reference and the access code: with them you can follow the case at any time.",
  },
  approved: {
    zh: "您的大病救助申请已获批准。公示期满无异议后，救助金将转入您登记的银行卡。金额和进度请用受理编号和查询码查看。",
    en: "Your application for critical-illness aid is approved. When the public notice has ended without an objection, the money goes to the bank card you gave. See the amount and the progress with your reference and access code.",
  },
  refused: {
    zh: "您的大病救助申请经审核未获批准。具体原因、适用的规定和您可以采取的办法，请用受理编号和查询码查看。",
    en: "Your application for critical-illness aid was examined and not approved. See the reasons, the rules that were applied and what you can do with your reference and access code.",
  },
};
