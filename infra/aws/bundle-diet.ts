/** What esbuild is helped with so that a function's bundle holds what it runs, and not half the AWS SDK. */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * The SDK's schemas write their keys as `[_h]:` with `const _h = "http"` above. esbuild can't tell that such a key
 * does nothing, so it keeps the schema of every operation that S3 and SES have: 68 and 50 KB for nothing.
 * With the constant's text in its place the schemas are the same, and those nobody uses fall away.
 */
export const plainSchemaKeys: Plugin = {
  name: "plain-schema-keys",
  setup: (build) => {
    build.onLoad(
      { filter: /@aws-sdk\/client-[a-z0-9-]+\/dist-es\/schemas\/schemas_0\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, "utf8");
        const constants = new Map<string, string>();
        for (const [, name, text] of source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gmu)) {
          if (name && text) constants.set(name, text);
        }
        return {
          contents: source.replaceAll(/\[(_\w+)\]:/gu, (key, name: string) => {
            const text = constants.get(name);
            return text === undefined ? key : `${text}:`;
          }),
          loader: "js",
        };
      },
    );
  },
};

/**
 * Parts of packages that no function can reach, though no bundler can know it. Each stands in every bundle
 * otherwise, and is read at each cold start. What a stand-in lacks fails the build, not a function.
 */
const standIns: readonly { readonly filter: RegExp; readonly contents: string }[] = [
  {
    // Streams of events (S3 Select, transcriptions): no operation here answers with one.
    filter: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    contents: `export const eventStreamSerdeProvider = () => ({});
      export const resolveEventStreamSerdeConfig = (config) => config;
      export class EventStreamSerde {}`,
  },
  {
    // DynamoDB has one address in each region, and discovery is off by default.
    filter: /@aws-sdk\/middleware-endpoint-discovery\/dist-es\/index\.js$/,
    contents: `const off = () => false;
      export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
        environmentVariableSelector: off, configFileSelector: off, default: false };
      export const resolveEndpointDiscoveryConfig = (config) => config;
      export const getEndpointDiscoveryPlugin = () => ({ applyToStack: () => {} });`,
  },
  {
    // Our mails hold their own text; nodemailer never fetches any from an address.
    filter: /nodemailer\/dist\/esm\/fetch\/index\.js$/,
    contents: `export default () => { throw new Error("no mail fetches its content"); };`,
  },
];

export const leaveOut: Plugin = {
  name: "leave-out",
  setup: (build) => {
    for (const { filter, contents } of standIns)
      build.onLoad({ filter }, () => ({ contents, loader: "js" }));
  },
};

/** The presigners may bring an S3 client of another patch release; whoever imports it gets the project's own. */
export const oneS3Client = (projectDirectory: string): Plugin => ({
  name: "one-s3-client",
  setup: (build) => {
    build.onResolve({ filter: /^@aws-sdk\/client-s3$/ }, ({ path, kind, pluginData }) =>
      pluginData === "resolved"
        ? undefined
        : build.resolve(path, { kind, resolveDir: projectDirectory, pluginData: "resolved" }),
    );
  },
});
