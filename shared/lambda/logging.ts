/** Logs carry ids and codes only. Whatever goes in is listed here, so nothing personal can slip in by accident. */
import { Logger } from "@aws-lambda-powertools/logger";

/** The only fields a log line may have besides its message. */
export interface LogFields {
  readonly function?: string;
  readonly applicationId?: string;
  readonly batchId?: string;
  readonly fileId?: string;
  readonly fundId?: string;
  readonly staffId?: string;
  /** A program that speaks with the JSON API. */
  readonly clientId?: string;
  readonly outcome?: string;
  readonly code?: string;
  readonly status?: number;
  readonly method?: string;
  /** The route, never the path: a path may hold a link's secret. */
  readonly route?: string;
  readonly durationMs?: number;
  readonly count?: number;
  readonly errorName?: string;
  readonly stack?: string;
}

const logger = new Logger({ serviceName: "songnuan" });

export const log = {
  info: (message: string, fields: LogFields = {}): void => logger.info(message, { ...fields }),
  warn: (message: string, fields: LogFields = {}): void => logger.warn(message, { ...fields }),
  error: (message: string, fields: LogFields = {}): void => logger.error(message, { ...fields }),
};

const placesMax = 7;
const isPlace = (line: string): boolean => /^ {4}at .+:\d+:\d+\)?$/u.test(line);

/**
 * What a log may say of an error: its name, its code, and where it happened. Never its message, which may have
 * several lines and hold what a person typed; so of the stack only the lines that name a place are taken.
 */
export const fieldsOfError = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const stack = error.stack?.split("\n").filter(isPlace).slice(0, placesMax).join("\n");
  return { errorName: error.name, ...code, ...(stack === undefined ? {} : { stack }) };
};
