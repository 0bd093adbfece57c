/** Stands in for the SDK's credential chain inside a bundle: Lambda gives its role's key in the environment. */
import { invariant } from "#shared/kernel/assert.ts";

/** What the SDK calls when a client is made without credentials of its own. */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  invariant(AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY, "Lambda gave the function no key");
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};
