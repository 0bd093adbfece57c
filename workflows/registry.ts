/** Every programme. Written by infra/tools/generate-registry.ts from the folders here; never edited by hand. */
import type { Guide } from "#shared/domain/guide.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { guide as criticalIllnessGuide } from "./critical-illness/guide.ts";
import { programme as criticalIllness } from "./critical-illness/programme.ts";
import { guide as emergencyGuide } from "./emergency/guide.ts";
import { programme as emergency } from "./emergency/programme.ts";
import { guide as goldenAutumnGuide } from "./golden-autumn/guide.ts";
import { programme as goldenAutumn } from "./golden-autumn/programme.ts";
import { guide as winterWarmthGuide } from "./winter-warmth/guide.ts";
import { programme as winterWarmth } from "./winter-warmth/programme.ts";

export const programmes: readonly EveryProgramme[] = [
  criticalIllness,
  emergency,
  goldenAutumn,
  winterWarmth,
];

/** @returns undefined when no programme has this id. */
export const programmeById = (id: string): EveryProgramme | undefined =>
  programmes.find((programme) => programme.id === id);

/** What to know before applying, apart from the programmes: a bundle that shows no such page leaves it out. */
const guides: Readonly<Record<string, Guide>> = {
  "critical-illness": criticalIllnessGuide,
  emergency: emergencyGuide,
  "golden-autumn": goldenAutumnGuide,
  "winter-warmth": winterWarmthGuide,
};

/** @returns undefined when no programme has this id. */
export const guideById = (id: string): Guide | undefined =>
  Object.hasOwn(guides, id) ? guides[id] : undefined;
