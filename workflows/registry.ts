/** Every programme. Written by infra/tools/generate-registry.ts from the folders here; never edited by hand. */
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { programme as criticalIllness } from "./critical-illness/programme.ts";
import { programme as emergency } from "./emergency/programme.ts";
import { programme as goldenAutumn } from "./golden-autumn/programme.ts";
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
