/** The kinds of error in quality A, as each service words them. */
import { Readable } from "node:stream";
import { brokenConnection, jsonAnswer, xmlAnswer, type Call, type FaultKind } from "./injection.ts";

const json =
  (statusCode: number, type: string): FaultKind["answer"] =>
  () =>
    jsonAnswer(statusCode, type);

const isOf =
  (service: Call["service"]) =>
  (call: Call): boolean =>
    call.service === service;

const isTransaction = ({ service, command }: Call): boolean =>
  service === "dynamodb" && command === "TransactWriteItemsCommand";

const isWrite = ({ service, command }: Call): boolean =>
  service === "dynamodb" && /Put|Update|Write/u.test(command);

/** A transaction is cancelled with a reason for each of its rows; a single write has an error of its own. */
const conflict: FaultKind["answer"] = ({ body }) => {
  const count = typeof body === "string" ? (body.match(/"TableName"/gu) ?? []).length : 1;
  if (typeof body !== "string" || !body.includes('"TransactItems"')) {
    return jsonAnswer(400, "TransactionConflictException");
  }
  const CancellationReasons = Array.from({ length: count }, (_row, index) => ({
    Code: index === 0 ? "TransactionConflict" : "None",
  }));
  return jsonAnswer(400, "TransactionCanceledException", { CancellationReasons });
};

const shortBody: FaultKind["answer"] = () => ({
  statusCode: 206,
  headers: { "content-length": "4096", "content-type": "text/csv" },
  body: Readable.from([Buffer.from("业务参考号,金额,处理结果\r\n")]),
});

const timeout = () => brokenConnection("TimeoutError", "ETIMEDOUT");
const reset = () => brokenConnection("Error", "ECONNRESET");
const everywhere = () => true;

export const faultKinds: readonly FaultKind[] = [
  { name: "timeout", retried: true, answer: timeout, of: everywhere },
  { name: "reset", retried: true, answer: reset, of: everywhere },
  {
    name: "throttle",
    retried: true,
    answer: json(400, "ThrottlingException"),
    of: ({ service }) => service !== "s3",
  },
  {
    name: "500",
    retried: true,
    answer: json(500, "InternalServerError"),
    of: ({ service }) => service !== "s3",
  },
  { name: "conflict", retried: false, answer: conflict, of: isWrite },
  {
    name: "in progress",
    retried: true,
    answer: json(400, "TransactionInProgressException"),
    of: isTransaction,
  },
  {
    name: "parameter mismatch",
    retried: false,
    answer: json(400, "IdempotentParameterMismatchException"),
    of: isTransaction,
  },
  {
    name: "access denied",
    retried: false,
    answer: json(400, "AccessDeniedException"),
    of: ({ service }) => service !== "s3",
  },
  { name: "item too big", retried: false, answer: json(400, "ValidationException"), of: isWrite },
  {
    name: "S3 503",
    retried: true,
    answer: () => xmlAnswer(503, "SlowDown"),
    of: isOf("s3"),
  },
  { name: "S3 500", retried: true, answer: () => xmlAnswer(500, "InternalError"), of: isOf("s3") },
  {
    name: "S3 denied",
    retried: false,
    answer: () => xmlAnswer(403, "AccessDenied"),
    of: isOf("s3"),
  },
  {
    name: "S3 short body",
    retried: false,
    answer: shortBody,
    of: ({ command }) => command === "GetObjectCommand",
  },
  ...["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"].map((type): FaultKind => ({
    name: type,
    retried: false,
    answer: json(400, type),
    of: ({ command }) => command === "SendTaskSuccessCommand",
  })),
];
