/** The first person of a new city: whoever runs the system appoints one administrator, who appoints the others. */
import type { Staff, Unit } from "#shared/domain/organisation.ts";
import { newStaffId, type UnitId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "directory" | "clock" | "random">;

const cityOffice: Unit = {
  id: "city" as UnitId,
  name: { zh: "市总工会", en: "City federation" },
  tier: "city",
  line: null,
  parentId: null,
};

/**
 * Appoints an administrator where there is none, and opens the city's office where no office is. The
 * authenticator is set up at the first sign-in.
 * @returns false when the city has an administrator: then nothing is written, and that person appoints others.
 */
export const appointFirstAdministrator = async (
  { directory, clock, random }: Uses,
  person: Pick<Staff, "name" | "email">,
): Promise<boolean> => {
  const { staff, units } = await directory.organisation();
  if (staff.some(({ active, roles }) => active && roles.includes("administrator"))) return false;
  const city = units.find(({ tier }) => tier === "city") ?? cityOffice;
  const id = newStaffId(random(8));
  const change = { at: clock.now(), by: id, rolesBefore: [] } as const;
  if (!units.includes(city)) {
    await directory.saveUnit(null, city, {
      ...change,
      subject: city.id,
      fields: ["opened"],
      rolesAfter: [],
    });
  }
  const administrator: Staff = {
    ...person,
    id,
    unitId: city.id,
    roles: ["administrator"],
    locale: "zh-CN",
    active: true,
    kin: [],
    absence: null,
    identity: null,
    pinHash: null,
    pinTries: 0,
    totpSealed: null,
  };
  return directory.saveStaff(null, administrator, {
    ...change,
    subject: id,
    fields: ["appointed"],
    rolesAfter: administrator.roles,
  });
};
