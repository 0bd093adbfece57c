import type { ApiClient } from "#shared/domain/api-client.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";

/** Who may speak with the JSON API. */
export interface ApiClients {
  /** A strong read: what was revoked a moment ago is revoked. */
  readonly byKey: (keyHash: string) => Promise<ApiClient | null>;
  /** All that ever were, the newest first. */
  readonly all: () => Promise<readonly ApiClient[]>;
  readonly put: (client: ApiClient) => Promise<void>;
  /** In force with the next call. @returns false when it was revoked before. */
  readonly revoke: (keyHash: string, at: Instant, by: StaffId) => Promise<boolean>;
}
