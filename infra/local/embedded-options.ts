/** How a run of the whole system may be told to start. */
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { FunctionDefinition } from "#shared/lambda/definition.ts";
import type { Mailer } from "#shared/ports/mailer.ts";
import type { LoadHandler } from "./handlers.ts";

export interface EmbeddedOptions {
  /** null: in memory. */
  readonly dataDir: string | null;
  /** 0, the default: any free port. */
  readonly port?: number;
  /** The interface to listen on; this machine only unless told otherwise. */
  readonly host?: string;
  /** The public address, when a proxy stands in front. */
  readonly siteUrl?: string;
  /** Puts the demo city into an empty table. */
  readonly seed?: boolean;
  /** Other rules than the city's own, for rehearsing a draft. */
  readonly policy?: PolicyPack;
  /** Counts write units by application. */
  readonly meter?: boolean;
  /** What the clock shows first in a fresh store; any instant. */
  readonly now?: Instant;
  /** Whether /dev/… is there; true unless told otherwise. */
  readonly devPages?: boolean;
  /** Sends kept mails on. */
  readonly carrier?: Mailer;
  /** Told of what went wrong, by name only. */
  readonly report?: (where: string, errorName: string) => void;
  /** Other functions and machines than the manifest's, for tests of the run itself. */
  readonly functions?: readonly FunctionDefinition[];
  readonly machines?: Readonly<Record<string, object>>;
  readonly loadHandler?: LoadHandler;
}
