/** The hash of the trail. */
import { createHash } from "node:crypto";
import type { Digest } from "#shared/domain/trail.ts";

/** SHA-256 of a text in UTF-8, as base64url. */
export const digest: Digest = (text) => createHash("sha256").update(text).digest("base64url");
