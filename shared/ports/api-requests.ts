import type { Instant } from "#shared/kernel/calendar.ts";

/** An answer as it is given again to the same request. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is known of a request that names itself by an idempotency key. */
export type RequestBegun =
  /** Nobody answers it at present: go on. `firstAt`: when it was first tried. */
  | { readonly kind: "begun"; readonly firstAt: Instant }
  | { readonly kind: "answered"; readonly answer: KeptAnswer }
  /** Another call with this key is under way. */
  | { readonly kind: "in_flight" }
  /** The key was used for something else. */
  | { readonly kind: "another_request" };

/** Requests that may reach us twice, and their answers. Keys and contents are keyed hashes; answers are sealed. */
export interface ApiRequests {
  /**
   * Takes a request on, for as long as a call can last; whoever died over it is followed by the next.
   * @param request its name, and a hash of what it asks.
   */
  readonly begin: (
    request: { readonly key: string; readonly contentHash: string },
    now: Instant,
  ) => Promise<RequestBegun>;
  /** Keeps the answer for a day. */
  readonly answered: (key: string, answer: KeptAnswer) => Promise<void>;
  /** Nothing came of it, so the key is free again; what it was first tried at is remembered. */
  readonly release: (key: string) => Promise<void>;
}
