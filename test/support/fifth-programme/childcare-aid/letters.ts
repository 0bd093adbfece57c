/** What childcare aid writes to the applicant. */
import type { Letters } from "#shared/domain/programme.ts";

export const letters: Letters = {
  received: {
    zh: "您的托育救助申请已收到，工会将上门核实家庭情况。请保管好受理编号和查询码，随时查看进度。",
    en: "Your application for childcare aid has arrived. The union will visit the household. Keep the reference and the access code: with them you can follow the case at any time.",
  },
  approved: {
    zh: "您的托育救助申请已获批准，救助金将转入您登记的银行卡。金额和进度请用受理编号和查询码查看。",
    en: "Your application for childcare aid is approved. The money goes to the bank card you gave. See the amount and the progress with your reference and access code.",
  },
  refused: {
    zh: "您的托育救助申请经审核未获批准。具体原因和您可以采取的办法，请用受理编号和查询码查看。",
    en: "Your application for childcare aid was examined and not approved. See the reasons and what you can do with your reference and access code.",
  },
};
