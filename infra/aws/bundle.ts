/** Makes one small ES module of each function with the local esbuild: no Docker, and the AWS SDK is inside. */
import { join, resolve } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { invariant } from "#shared/kernel/assert.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import {
  leaveOut,
  noJsonSchemas,
  oneS3Client,
  plainSchemaKeys,
  policiesAsRead,
  policiesWithoutSources,
  policiesWithoutText,
} from "./bundle-diet.ts";

const { common, livingStandards, programmes } = policyPack;
const policyEntries = { common, livingStandards, ...programmes };

const projectDirectory = resolve(import.meta.dirname, "../..");

/** CommonJS packages inside an ES module still call `require` for Node's own modules. */
const requireForCommonJs =
  'import { createRequire as songnuanRequire } from "node:module"; const require = songnuanRequire(import.meta.url);';

export interface Bundle {
  readonly name: string;
  /** Holds index.mjs, what it loads later, and source maps: what is uploaded. */
  readonly directory: string;
  /** What a cold start reads. */
  readonly sizeBytes: number;
  /** With what is read when it is first asked for. */
  readonly wholeBytes: number;
  /** What went in, relative to the project, with the bytes each takes up in the bundle. */
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

/** Each bundle's name, and the file it begins with, relative to the project. */
type EntryPoints = Readonly<Record<string, string>>;

/** How a group of bundles differs from the others. */
interface Manner {
  readonly of: (path: string) => boolean;
  readonly plugins: readonly Plugin[];
  /** Whether what is imported on demand becomes a file of its own, which a cold start doesn't read. */
  readonly splits: boolean;
}

const isOf =
  (functionName: string) =>
  (path: string): boolean =>
    path.startsWith(`functions/${functionName}/`);

/** Only the desk shows the policies' text; only the JSON API writes JSON schemas, for its own document. */
const manners: readonly Manner[] = [
  { of: isOf("serve-api"), plugins: [policiesWithoutText], splits: false },
  { of: isOf("serve-desk"), plugins: [noJsonSchemas, policiesWithoutSources], splits: true },
  { of: () => true, plugins: [noJsonSchemas, policiesWithoutText], splits: false },
];

type Outputs = Metafile["outputs"];

/** The file and all that it imports before it runs. */
const readAtStart = (outputs: Outputs, file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of outputs[file]?.imports ?? []) {
    if (kind === "import-statement" && path in outputs) readAtStart(outputs, path, seen);
  }
  return seen;
};

const bytesOf = (outputs: Outputs, files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);

const bundleOf = (
  name: string,
  entryPoint: string,
  directory: string,
  outputs: Outputs,
): Bundle => {
  const code = Object.keys(outputs).filter((file) => file.endsWith(".mjs"));
  const entry = code.find((file) => outputs[file]?.entryPoint === entryPoint);
  invariant(entry, `esbuild made nothing of ${entryPoint}`);
  // Without splitting there are as many files as bundles, and none belongs to two.
  const own = code.filter((file) => resolve(projectDirectory, file).startsWith(`${directory}/`));
  return {
    name,
    directory,
    sizeBytes: bytesOf(outputs, readAtStart(outputs, entry)),
    wholeBytes: bytesOf(outputs, own),
    inputs: Object.assign({}, ...own.map((file) => outputs[file]?.inputs)) as Bundle["inputs"],
  };
};

/** Bundles files in one run of esbuild, in which a package is one and the same for all of them. */
const bundleTogether = async (
  entryPoints: EntryPoints,
  outputDirectory: string,
  { plugins, splits }: Manner,
): Promise<readonly Bundle[]> => {
  const result = await build({
    absWorkingDir: projectDirectory,
    entryPoints: Object.fromEntries(
      Object.entries(entryPoints).map(([name, path]) => [`${name}/index`, path]),
    ),
    outdir: outputDirectory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: splits,
    chunkNames: `${Object.keys(entryPoints)[0]}/[name]-[hash]`,
    minify: true,
    // Chinese as it is: escaped, each character takes twice the room.
    charset: "utf8",
    platform: "node",
    format: "esm",
    // Lambda runs Node 24; an endpoint of one's own may run functions on the Node it finds, and 20 is the oldest.
    target: "node20",
    // ES modules before CommonJS: only those can be shaken. It halves the AWS SDK.
    mainFields: ["module", "main"],
    alias: {
      // Lambda hands over its role in the environment. The rest of the chain (SSO, profiles, instance metadata)
      // finds nothing there, and is 90 KB to read at each cold start.
      "@aws-sdk/credential-provider-node": join(import.meta.dirname, "lambda-credentials.ts"),
    },
    plugins: [
      plainSchemaKeys,
      leaveOut,
      ...plugins,
      policiesAsRead(policyEntries),
      oneS3Client(projectDirectory),
    ],
    banner: { js: requireForCommonJs },
    sourcemap: true,
    sourcesContent: false,
    legalComments: "none",
    metafile: true,
    logLevel: "error",
  });
  return Object.entries(entryPoints).map(([name, path]) =>
    bundleOf(name, path, resolve(outputDirectory, name), result.metafile.outputs),
  );
};

/**
 * Bundles the given files.
 * @param outputDirectory gets a folder for each.
 * @throws when a file doesn't bundle.
 */
export const bundleEntryPoints = async (
  entryPoints: EntryPoints,
  outputDirectory: string,
): Promise<ReadonlyMap<string, Bundle>> => {
  const mannerOf = (path: string): Manner | undefined => manners.find((manner) => manner.of(path));
  const bundles: Bundle[] = [];
  for (const manner of manners) {
    const own = Object.entries(entryPoints).filter(([, path]) => mannerOf(path) === manner);
    if (own.length === 0) continue;
    bundles.push(...(await bundleTogether(Object.fromEntries(own), outputDirectory, manner)));
  }
  return new Map(bundles.map((bundle) => [bundle.name, bundle]));
};

/** Bundles functions/<name>/lambda.ts of every name. @throws when a function doesn't bundle. */
export const bundleFunctions = (
  functionNames: readonly string[],
  outputDirectory: string,
): Promise<ReadonlyMap<string, Bundle>> =>
  bundleEntryPoints(
    Object.fromEntries(functionNames.map((name) => [name, `functions/${name}/lambda.ts`])),
    outputDirectory,
  );
