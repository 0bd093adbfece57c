/** Union offices: three tiers on two lines (policy 1, 4.1), and the people who work in them. */
import type { LocalDate } from "../kernel/calendar.ts";
import type { Fen } from "../kernel/money.ts";
import type { StaffId, UnitId, BlindIndex } from "../kernel/ids.ts";
import type { Locale, Text } from "../kernel/text.ts";

/** 属地 and 产业: by where people live and work, or by the enterprise they belong to. */
export type Line = "territorial" | "industrial";

/** Offices that decide, lowest first on each line (policy 9). */
export type Tier = "station" | "district" | "grass_roots" | "bureau" | "industrial" | "city";

export const tierTitles: Readonly<Record<Tier, Text>> = {
  station: { zh: "街道（乡镇）工会服务站", en: "Street (township) union service station" },
  district: { zh: "区县总工会", en: "District federation" },
  grass_roots: { zh: "基层工会", en: "Grass-roots union" },
  bureau: { zh: "局（总公司）工会", en: "Bureau or company union" },
  industrial: { zh: "产业工会", en: "Industrial union" },
  city: { zh: "市总工会", en: "City federation" },
};

export interface Unit {
  readonly id: UnitId;
  readonly name: Text;
  readonly tier: Tier;
  /** The line of its cases; the city office stands at the head of both. */
  readonly line: Line | null;
  readonly parentId: UnitId | null;
  /** Where complaints go, as notices show it: address and phone of the office (policy 7). Not every office has it. */
  readonly contact?: Text;
}

/** Roles of the desk. Deciding at a tier is no role: it is to be an approver of a unit. */
export type Role =
  | "approver"
  /** 经办人: accepts applications, visits homes, keeps the archive of a unit and those below it. */
  | "handler"
  /** 复核员: looks a second time at decisions drawn at random. */
  | "reviewer"
  | "finance_officer"
  | "finance_authoriser"
  | "administrator"
  | "auditor";

/** An absence, both days included; the stand-in decides awards up to a limit (null: up to any). */
export interface Absence {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly standInId: StaffId | null;
  readonly standInMaxFen: Fen | null;
}

export interface Staff {
  readonly id: StaffId;
  readonly name: string;
  readonly email: string;
  readonly unitId: UnitId;
  readonly roles: readonly Role[];
  readonly locale: Locale;
  readonly active: boolean;
  /** Keyed hashes of the ID numbers of declared relatives, whose cases the person may not decide (回避). */
  readonly kin: readonly BlindIndex[];
  /** When the person is away, and who stands in. */
  readonly absence: Absence | null;
  /** Keyed hash of the person's own ID number, so that nobody decides their own case. */
  readonly identity: BlindIndex | null;
  /** scrypt hash of the decision PIN, null until it is set through a mailed code. */
  readonly pinHash: string | null;
  /** Wrong PINs since the last right one; at five the PIN is locked until it is set anew. */
  readonly pinTries: number;
  /** TOTP secret, sealed; null until the person has set it up. */
  readonly totpSealed: string | null;
}

/** Who works where: loaded whole, since a city has some hundreds of offices. */
export interface Organisation {
  readonly units: readonly Unit[];
  readonly staff: readonly Staff[];
}

/** Offices that take applications: the lowest tier of each line. */
export const isBaseUnit = (unit: Unit): boolean =>
  unit.tier === "station" || unit.tier === "grass_roots";

export const unitOf = (organisation: Organisation, id: UnitId): Unit | undefined =>
  organisation.units.find((unit) => unit.id === id);

/** The unit that decides at a tier for a case of `unitId`: itself or the nearest one above. */
export const unitAtTier = (
  organisation: Organisation,
  unitId: UnitId,
  tier: Tier,
): Unit | undefined => {
  const seen = new Set<UnitId>();
  let unit = unitOf(organisation, unitId);
  while (unit && unit.tier !== tier && unit.parentId !== null && !seen.has(unit.id)) {
    seen.add(unit.id);
    unit = unitOf(organisation, unit.parentId);
  }
  return unit?.tier === tier ? unit : undefined;
};
