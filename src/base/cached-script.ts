import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { Script } from 'node:vm';

/** Digest of the sources of the command line; its build defines it. It is not defined in the library and in the sources. */
declare const BUILD_DIGEST: string;

/** What a CommonJS file is called with. The build puts large files into such a function, because adding it here would copy the text. */
const HEAD = '(function (exports, require, module, __filename, __dirname) {';

/** Shorter runs use too little of a script for a useful cache. In seconds. */
const MIN_UPTIME = 1;

/** A script that runs, and where its compiled form is stored. */
interface Loaded {
  readonly script: Script;
  readonly cacheFile: string;
}

/** Scripts whose compiled form is not stored yet. */
const uncached: Loaded[] = [];

/**
 * Loads a CommonJS file of this build. In the command line, the form that V8 compiled it to is stored at the end of the
 * process, in `dist/cache`, and used by later ones: to compile takes half of the time of a start.
 */
export const loadScript = (file: string): unknown =>
  typeof BUILD_DIGEST === 'undefined' ? createRequire(import.meta.url)(file) : loadCached(file);

function loadCached(file: string): unknown {
  const source = readFileSync(file, 'latin1');
  const cacheFile = cacheFileOf(file);
  const cachedData = read(cacheFile);
  const script = new Script(source.startsWith(HEAD) ? source : `${HEAD}${source}\n})`, {
    filename: file,
    ...(cachedData !== undefined && { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected === true) storeAtEnd({ script, cacheFile });
  const module: { exports: unknown } = { exports: {} };
  const run: (...parameters: readonly unknown[]) => void = script.runInThisContext();
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

/** Other versions of Node, other builds and other flags of V8 have other files. */
function cacheFileOf(file: string): string {
  const hasFlags = process.execArgv.length > 0 || process.env['NODE_OPTIONS'] !== undefined;
  const flags = hasFlags ? `-${process.getBuiltinModule('node:v8').cachedDataVersionTag()}` : '';
  return join(
    dirname(file),
    '../cache',
    `${parse(file).name}-${BUILD_DIGEST}-${process.version}-${process.arch}${flags}.bin`,
  );
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function storeAtEnd(loaded: Loaded): void {
  if (uncached.length === 0) process.once('exit', store);
  uncached.push(loaded);
}

/** Stores the compiled forms. Their use is optional, so that a folder that cannot be written is no error. */
function store(): void {
  if (process.uptime() < MIN_UPTIME) return;
  for (const { script, cacheFile } of uncached) {
    const fresh = `${cacheFile}.${process.pid}`;
    try {
      mkdirSync(dirname(cacheFile), { recursive: true });
      writeFileSync(fresh, script.createCachedData());
      renameSync(fresh, cacheFile);
    } catch {
      return;
    }
  }
}
