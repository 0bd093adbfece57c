/** What golden autumn writes to the applicant. No names, no school: a mail is no safe place (policy 7). */
import type { Letters } from "#shared/domain/programme.ts";

export const letters: Letters = {
  received: {
    zh: "您的金秋助学申请已收到，工会将核实家庭情况和学生就读情况。请保管好受理编号和查询码，随时查看进度。",
    en: "Your Golden Autumn application has arrived. The union will check the household's situation and the student's enrolment. Keep the reference and the access code: with them you can follow the case at any time.",
  },
  approved: {
    zh: "您的金秋助学申请已获批准。公示期满无异议后，助学金将转入您登记的银行卡。金额和进度请用受理编号和查询码查看。",
    en: "Your Golden Autumn application is approved. When the public notice has ended without an objection, the grant goes to the bank card you gave. See the amount and the progress with your reference and access code.",
  },
  refused: {
    zh: "您的金秋助学申请经审核未获批准。具体原因、适用的规定和您可以采取的办法，请用受理编号和查询码查看。",
    en: "Your Golden Autumn application was examined and not approved. See the reasons, the rules that were applied and what you can do with your reference and access code.",
  },
};
