/**
 * The policy of a browser's upload form, checked as S3 checks it: what isn't allowed by a condition is refused.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
import * as z from "zod";

/** An answer as S3 words it. */
export interface PolicyFault {
  readonly status: 400 | 403;
  readonly code: string;
  readonly message: string;
}

const Policy = z.object({
  expiration: z.string(),
  conditions: z.array(
    z.union([
      z.tuple([z.literal("content-length-range"), z.number(), z.number()]),
      z.tuple([z.enum(["eq", "starts-with"]), z.string(), z.string()]),
      z.record(z.string(), z.string()),
    ]),
  ),
});

type Condition = z.infer<typeof Policy>["conditions"][number];

/** These need no condition: they carry the check itself, or the file. */
const freeFields: readonly string[] = ["x-amz-signature", "policy", "file"];

const denied = (why: string): PolicyFault => ({
  status: 403,
  code: "AccessDenied",
  message: `Invalid according to Policy: ${why}`,
});

const parsePolicy = (encodedPolicy: string): z.infer<typeof Policy> | null => {
  try {
    const json: unknown = JSON.parse(Buffer.from(encodedPolicy, "base64").toString("utf8"));
    return Policy.safeParse(json).data ?? null;
  } catch {
    return null;
  }
};

const matches = (operator: "eq" | "starts-with", expected: string, given: string): boolean =>
  operator === "eq" ? given === expected : given.startsWith(expected);

const faultOfLength = (minBytes: number, maxBytes: number, bytes: number): PolicyFault | null => {
  if (bytes > maxBytes) {
    const message = "Your proposed upload exceeds the maximum allowed size";
    return { status: 400, code: "EntityTooLarge", message };
  }
  if (bytes >= minBytes) return null;
  const message = "Your proposed upload is smaller than the minimum allowed size";
  return { status: 400, code: "EntityTooSmall", message };
};

/** The fields a condition speaks of, each with how it must be. */
const requirementsOf = (
  condition: Exclude<Condition, readonly ["content-length-range", number, number]>,
): readonly (readonly ["eq" | "starts-with", string, string])[] =>
  Array.isArray(condition)
    ? [[condition[0], condition[1].replace(/^\$/u, ""), condition[2]]]
    : Object.entries(condition).map(([field, value]) => ["eq", field, value] as const);

/**
 * Checks a form against its policy.
 * @param fields with lower-case names, without the file; `bucket` is what the address names.
 * @param atMs real time: the SDK signs with the machine's clock.
 * @returns null when all is as the policy allows.
 */
export const faultOfForm = (
  fields: ReadonlyMap<string, string>,
  bucket: string,
  fileBytes: number,
  atMs: number,
): PolicyFault | null => {
  const policy = parsePolicy(fields.get("policy") ?? "");
  if (!policy) return { status: 400, code: "InvalidPolicyDocument", message: "Invalid Policy" };
  if (!(Date.parse(policy.expiration) > atMs)) return denied("Policy expired.");
  const covered = new Set(freeFields);
  for (const condition of policy.conditions) {
    if (Array.isArray(condition) && condition[0] === "content-length-range") {
      const fault = faultOfLength(condition[1], condition[2], fileBytes);
      if (fault) return fault;
      continue;
    }
    for (const [operator, field, expected] of requirementsOf(condition)) {
      const name = field.toLowerCase();
      covered.add(name);
      const given = name === "bucket" ? bucket : (fields.get(name) ?? "");
      if (!matches(operator, expected, given)) {
        return denied(`Policy Condition failed: ["${operator}", "$${field}", "${expected}"]`);
      }
    }
  }
  const extra = [...fields.keys()].filter(
    (name) => !covered.has(name) && !name.startsWith("x-ignore-"),
  );
  return extra.length > 0 ? denied(`Extra input fields: ${extra.join(", ")}`) : null;
};
