/**
 * `npm run lock`: completes package-lock.json after dependencies have changed. A registry that doesn't serve the
 * packages of other platforms leaves their optional entries out, and then `npm ci` refuses the whole lock.
 */
import { readFileSync, writeFileSync } from "node:fs";

export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type LockPackages = Readonly<Record<string, LockEntry>>;

const systems = [
  "darwin",
  "win32",
  "linux",
  "android",
  "freebsd",
  "openbsd",
  "netbsd",
  "openharmony",
  "aix",
  "sunos",
];
const processors = [
  "x64",
  "arm64",
  "ia32",
  "arm",
  "ppc64",
  "s390x",
  "riscv64",
  "loong64",
  "mips64el",
];

/** Whether a package finds a dependency, in its own folder or in one above, as Node looks for it. */
const isLocked = (packages: LockPackages, from: string, name: string): boolean => {
  for (
    let base = from;
    ;
    base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))
  ) {
    if (Object.hasOwn(packages, `${base === "" ? "" : `${base}/`}node_modules/${name}`))
      return true;
    if (base === "") return false;
  }
};

/** Optional dependencies that the lock names and doesn't hold, with the package that wants each. */
export const missingFromLock = (
  packages: LockPackages,
): readonly { readonly name: string; readonly version: string; readonly dev: boolean }[] =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, version]) => /^\d/u.test(version) && !isLocked(packages, path, name))
      .map(([name, version]) => ({ name, version, dev })),
  );

/** The platform stands in the package's name: "@oxfmt/binding-linux-arm64-musl". */
const entryOf = (name: string, version: string, dev: boolean): LockEntry => {
  const words = name.split(/[-/]/u);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = words.includes("musl")
    ? "musl"
    : os === "linux" && words.includes("gnu")
      ? "glibc"
      : null;
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
};

/** The lock's packages with an entry for each that was missing, in npm's own order. */
export const completed = (packages: LockPackages): LockPackages => {
  const added = missingFromLock(packages).map(
    ({ name, version, dev }) => [`node_modules/${name}`, entryOf(name, version, dev)] as const,
  );
  const all = [...Object.entries(packages), ...added];
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
};

if (import.meta.main) {
  const file = "package-lock.json";
  const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: LockPackages };
  const text = JSON.stringify({ ...lock, packages: completed(lock.packages) }, null, 2);
  writeFileSync(file, `${text}\n`);
}
