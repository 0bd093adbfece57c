/** Holds every answer of the API against its own OpenAPI document. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv";
import type { DescribedOperation, OpenApiDocument } from "#functions/serve-api/document/openapi.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { caller, type ApiAnswer, type Caller } from "./api.ts";

export interface ListedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: DescribedOperation;
}

const operationsOf = ({ paths }: OpenApiDocument): readonly ListedOperation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/u.test(text) && !Number.isNaN(Date.parse(text));

const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u.test(text) && !Number.isNaN(Date.parse(text));

export interface Contract {
  readonly document: OpenApiDocument;
  readonly operations: readonly ListedOperation[];
  /** What of an answer isn't as the document says; null when all of it is. */
  readonly faultOf: (operationId: string, answer: ApiAnswer) => string | null;
  /** What of an example isn't as its schema says. */
  readonly faultOfExample: (schema: unknown, example: unknown) => string | null;
}

const problemContent: DescribedOperation["responses"][string]["content"] = {
  "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
};

export const contractOf = (document: OpenApiDocument): Contract => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  ajv.addFormat("date", isDay);
  ajv.addFormat("date-time", isInstant);
  ajv.addFormat("uri", (text: string) => URL.canParse(text));
  const root = "https://contract.example/openapi";
  ajv.addSchema({ $id: root, components: document.components });
  const known = new Map<string, ValidateFunction>();
  const validatorOf = (schema: unknown): ValidateFunction => {
    const text = JSON.stringify(schema).replaceAll('"#/', `"${root}#/`);
    const validate = known.get(text) ?? ajv.compile(JSON.parse(text) as object);
    known.set(text, validate);
    return validate;
  };
  const faultOfExample = (schema: unknown, example: unknown): string | null => {
    const validate = validatorOf(schema);
    return validate(example) ? null : ajv.errorsText(validate.errors);
  };
  const operations = operationsOf(document);
  const byId = new Map(operations.map(({ operation }) => [operation.operationId, operation]));
  return {
    document,
    operations,
    faultOfExample,
    faultOf: (operationId, { status, contentType, body }) => {
      const described = byId.get(operationId)?.responses[String(status)];
      // An address that fits no operation, and a method that it hasn't, are answered as any problem is.
      const anywhere = [400, 404, 405].includes(status) ? problemContent : undefined;
      const content = described?.content ?? anywhere;
      if (!content) return `${operationId}: ${status} is not described`;
      const schema = content[contentType]?.schema;
      if (!schema) return `${operationId}: ${status} as ${contentType} is not described`;
      const fault = faultOfExample(schema, body);
      return fault && `${operationId}: ${status}: ${fault}`;
    },
  };
};

/** The document as the run serves it. */
export const contractOfRun = async ({ url }: Pick<Embedded, "url">): Promise<Contract> => {
  const response = await fetch(`${url}/api/openapi.json`);
  return contractOf((await response.json()) as OpenApiDocument);
};

const pattern = (path: string): RegExp =>
  new RegExp(`^${path.slice(1).replaceAll(/\{\w+\}/gu, "[^/]+")}$`, "u");

/** The operation that a call is of; undefined where the address or the method is none's. */
export const operationAt = (
  { operations }: Contract,
  method: string,
  path: string,
): ListedOperation | undefined => {
  // Empty segments don't count, as in every address of the pages.
  const [written = ""] = path.split("?", 1);
  const address = written.split("/").filter(Boolean).join("/");
  return operations.find((one) => one.method === method && pattern(one.path).test(address));
};

/** A caller that fails the test when an answer isn't as the document says. */
export const checkedCaller =
  (city: Pick<Embedded, "url">, contract: Contract, key: string): Caller =>
  async (method, path, given) => {
    const answer = await caller(city, key)(method, path, given);
    const listed = operationAt(contract, method === "HEAD" ? "GET" : method, path);
    const fault = contract.faultOf(listed?.operation.operationId ?? "none", answer);
    if (fault && method !== "HEAD") throw new Error(`${method} ${path}: ${fault}`);
    return answer;
  };
