/** The policy pack that this city runs on: the common figures, L, and those of each programme. */
import { commonFigures, livingStandardFigures } from "#shared/domain/common-figures.ts";
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import type { Dated, LivingStandard } from "#shared/domain/policy.ts";
import { entriesOf } from "#shared/domain/policy-entries.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import common from "./common-policy.json" with { type: "json" };
import { programmes } from "./registry.ts";

/** L and the years it is confirmed for; oldest first. */
export const livingStandards: readonly Dated<LivingStandard>[] = entriesOf(
  { source: common.livingStandards, schema: livingStandardFigures },
  "livingStandards",
);

/** What all programmes have in common; oldest first. */
export const commonPolicies: readonly Dated<CommonPolicy>[] = entriesOf(
  { source: common.common, schema: commonFigures },
  "common",
);

export const policyPack: PolicyPack = {
  common: commonPolicies,
  livingStandards,
  programmes: Object.fromEntries(programmes.map(({ id, policies }) => [id, policies])),
  source: {
    common: common.common,
    livingStandards: common.livingStandards,
    programmes: Object.fromEntries(programmes.map(({ id, policyFile }) => [id, policyFile.source])),
  },
};
