/** What esbuild is helped with so that a function's bundle holds what it runs, and not half the AWS SDK. */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Families of errors that no operation used here raises: about backups, key stores, activities, annotations … */
const foreignFamilies = [
  "Xks|CloudHsm|CustomKeyStore|\\w*Import|IncorrectTrust|InvalidAlias|KMSInvalid(?:Mac|Signature)|Tag",
  "Backup|ContinuousBackups|Export|InvalidExport|InvalidRestore|PointInTime|DuplicateItem|IndexNotFound",
  "GlobalTable|Replica(?!ted)|Table(?:Already|InUse|NotFound)|PolicyNotFound|MalformedPolicy",
  "Activity|ExecutionNotRedrivable|StateMachine(?:Already|Limit|Type)|TooManyTags",
  "Invalid(?:Definition|Logging|Tracing|Encryption)",
  "Annotation|InvalidAnnotation|NoSuchAnnotation|Bucket|ObjectAlready|ObjectNotIn",
];

/** An error that isn't registered is thrown as its client's own, under the name that the service gave it. */
const foreignErrors = new RegExp(
  `^n0_registry\\.registerError\\((?:${foreignFamilies.join("|")}).*$`,
  "gmu",
);

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
        const source = (await readFile(path, "utf8")).replaceAll(foreignErrors, "");
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
  {
    // Spreadsheets are read as cells; what they mean, the import's own rules say.
    filter: /read-excel-file\/modules\/parseSheetData\/parseSheetData\.js$/,
    contents: `export default () => { throw new Error("no schema reads a sheet"); };`,
  },
  {
    // A workbook comes out of memory, never from the file system, whose limits this package works around.
    filter: /graceful-fs\/graceful-fs\.js$/,
    contents: `export * from "node:fs"; export { default } from "node:fs";`,
  },
];

/**
 * zod carries a writer of JSON schemas in each of its kinds (19 KB), which only the JSON API's own document needs.
 * In every other bundle each name that the files export stays, and throws.
 */
export const noJsonSchemas: Plugin = {
  name: "no-json-schemas",
  setup: (build) => {
    build.onLoad(
      { filter: /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, "utf8");
        const names = [...source.matchAll(/^export (?:const|function) (\w+)/gmu)].map(
          ([, name]) => `none as ${name}`,
        );
        const contents = `const none = () => { throw new Error("this function writes no JSON schema"); };
          export { ${[...names, "none as process"].join(", ")} };`;
        return { contents, loader: "js" };
      },
    );
  },
};

/**
 * A function doesn't check at each cold start what was checked before it was built: the policies' entries stand in
 * the bundle as they were read. Drafts of an administrator are read and checked as ever.
 * @param entries each list of a policy by its path, as `entriesOf` is called with it.
 */
export const policiesAsRead = (entries: Readonly<Record<string, readonly unknown[]>>): Plugin => ({
  name: "policies-as-read",
  setup: (build) => {
    build.onLoad({ filter: /\/shared\/domain\/policy-entries\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const [before, ...after] = source.split("export const entriesOf = ");
      // Another shape of that file must fail the build, and not a function.
      if (after.length !== 1)
        throw new Error("policy-entries.ts has no entriesOf to take the place of");
      const contents = `${before}const asRead = ${JSON.stringify(entries)};
        export const entriesOf = <Figures>(_file: unknown, path: string): readonly Dated<Figures>[] => {
          invariant(Object.hasOwn(asRead, path), "a bundle holds the entries of every policy");
          return asRead[path as keyof typeof asRead] as never;
        };
        const entriesFromFile = ${after[0] ?? ""}`;
      return { contents, loader: "ts" };
    });
  },
});

const policyText = /\/workflows\/.*policy\.json$/;

/** Where a policy's figures come from is for whoever reads the file; no rule looks at it. */
export const policiesWithoutSources: Plugin = {
  name: "policies-without-sources",
  setup: (build) => {
    build.onLoad({ filter: policyText }, async ({ path }) => ({
      contents: JSON.stringify(JSON.parse(await readFile(path, "utf8")), (name, value: unknown) =>
        name === "sources" ? undefined : value,
      ),
      loader: "json",
    }));
  },
};

/** Where nobody drafts a policy, its entries as they were read are enough (`policiesAsRead`). */
export const policiesWithoutText: Plugin = {
  name: "policies-without-text",
  setup: (build) => {
    build.onLoad({ filter: policyText }, ({ path }) => ({
      contents: path.endsWith("/common-policy.json") ? '{"common":[],"livingStandards":[]}' : "[]",
      loader: "json",
    }));
  },
};

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
