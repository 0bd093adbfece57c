/** The link in an approver's mail: where its record is, and a secret that only the mail holds (design 6). */
import type { Approval } from "#shared/domain/approval.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { absolute, paths } from "#shared/web/paths.ts";

type Asked = Pick<
  Approval,
  "applicationId" | "round" | "tier" | "seat" | "ask" | "approverId" | "requestedAt"
>;

/**
 * The link's secret: 256 bits that nobody can compute without the master key, and that this function can
 * compute again after a crash or for a reminder, so that the same link goes out again and not a second one.
 */
export const linkSecret = ({ vault }: Pick<Dependencies, "vault">, asked: Asked): Promise<string> =>
  vault.sign(
    "link",
    [
      asked.applicationId,
      asked.round,
      asked.tier,
      asked.seat,
      asked.ask,
      asked.approverId,
      asked.requestedAt,
    ].join("|"),
  );

/** What stands in the link: where the record is, and the secret that opens it. */
export interface LinkLocator {
  readonly applicationId: ApplicationId;
  readonly round: number;
  readonly tier: Tier;
  readonly seat: number;
  readonly secret: string;
}

/** The locator as it stands in an address. */
const locatorText = ({ applicationId, round, tier, seat, secret }: LinkLocator): string =>
  [applicationId, round, tier, seat, secret].join(".");

const locatorPattern =
  /^(?<id>SN[0-9A-HJKMNP-TV-Z]{10})\.(?<round>\d{1,3})\.(?<tier>station|district|grass_roots|bureau|industrial|city)\.(?<seat>\d{1,2})\.(?<secret>[\w-]{43})$/u;

/** @returns null for anything but a link of ours. */
export const readLocator = (text: string): LinkLocator | null => {
  const parts = locatorPattern.exec(text)?.groups;
  if (!parts) return null;
  return {
    applicationId: parts["id"] as ApplicationId,
    round: Number(parts["round"]),
    tier: parts["tier"] as Tier,
    seat: Number(parts["seat"]),
    secret: parts["secret"] ?? "",
  };
};

/** The whole address behind an approval record, the same each time. */
export const linkOf = async (
  uses: Pick<Dependencies, "vault" | "siteUrl">,
  asked: Asked,
): Promise<string> => {
  const { applicationId, round, tier, seat } = asked;
  const secret = await linkSecret(uses, asked);
  return absolute(
    uses.siteUrl,
    paths.decide(locatorText({ applicationId, round, tier, seat, secret })),
  );
};
