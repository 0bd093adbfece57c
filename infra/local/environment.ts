/** The variables the functions find, as Lambda would give them; only the endpoints are this machine's. */
import { randomBytes } from "node:crypto";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { masterKeyId } from "./kms.ts";
import { s3Mount } from "./s3-gateway.ts";
import type { AccessKey } from "./s3-signature.ts";
import type { StateFile } from "./state-file.ts";
import type { Arns } from "./step-functions.ts";

export const region = "us-east-1";
export const partition = "aws";
export const account = "000000000000";

const keyIdSetting = "access-key:id";
const secretSetting = "access-key:secret";

/** The run's own AWS key. It is kept, so that an upload form that is open in a browser outlives a restart. */
export const accessKeyIn = (state: StateFile): AccessKey => {
  const id = state.setting(keyIdSetting);
  const secret = state.setting(secretSetting);
  if (id !== null && secret !== null) return { id, secret };
  const made = {
    id: `AKIA${randomBytes(10).toString("hex").toUpperCase().slice(0, 16)}`,
    secret: randomBytes(30).toString("base64url"),
  };
  state.putSetting(keyIdSetting, made.id);
  state.putSetting(secretSetting, made.secret);
  return made;
};

/** The environment of every function of the run. */
export const environmentFor = (input: {
  readonly siteUrl: string;
  readonly tableName: string;
  readonly buckets: Readonly<Record<string, string>>;
  readonly machineNames: readonly string[];
  readonly arns: Arns;
  readonly key: AccessKey;
  readonly endpoints: Readonly<Record<"dynamodb" | "s3" | "sfn" | "kms", string>>;
}): Readonly<Record<string, string>> => ({
  SITE_URL: input.siteUrl,
  TABLE_NAME: input.tableName,
  MASTER_KEY_ID: masterKeyId,
  PUBLIC_S3_URL: `${input.siteUrl}${s3Mount}`,
  ...Object.fromEntries(
    Object.entries(input.buckets).map(([name, bucket]) => [`${name.toUpperCase()}_BUCKET`, bucket]),
  ),
  ...Object.fromEntries(
    input.machineNames.map((name) => [
      `${name.toUpperCase()}_MACHINE_ARN`,
      input.arns.machine(name),
    ]),
  ),
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: input.key.id,
  AWS_SECRET_ACCESS_KEY: input.key.secret,
  AWS_ENDPOINT_URL_DYNAMODB: input.endpoints.dynamodb,
  AWS_ENDPOINT_URL_S3: input.endpoints.s3,
  AWS_ENDPOINT_URL_SFN: input.endpoints.sfn,
  AWS_ENDPOINT_URL_KMS: input.endpoints.kms,
});

/** The SDK would take these before ours, or look for them where there is nothing. */
const misleading: readonly string[] = ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"];

const callEachService = (dependencies: Dependencies): Promise<unknown> =>
  Promise.all([
    dependencies.vault.sign("start", ""),
    ...[dependencies.papers, dependencies.files].flatMap((store) => [
      store.list("start/"),
      store.downloadLink("start", "start"),
    ]),
    dependencies.workflow.succeed("start", {}),
  ]);

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Makes dependencies over an environment. The SDK's clients read process.env at their first call and keep what
 * they found; so each is called once before the next run in this process may change it.
 */
export const inEnvironment = (
  environment: Readonly<Record<string, string>>,
  make: () => Dependencies,
): Promise<Dependencies> => {
  const turn = lastTurn.then(async () => {
    for (const name of misleading) delete process.env[name];
    Object.assign(process.env, environment);
    const dependencies = make();
    await callEachService(dependencies);
    return dependencies;
  });
  lastTurn = turn.catch(() => {});
  return turn;
};
