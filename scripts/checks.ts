/** Compiles the checks of all known schemas to JavaScript, so that a start and the first requests need not compile them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _ } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { buildSync, type OutputFile, transformSync } from 'esbuild';
import { ADMIN_OPERATIONS } from '../src/admin/operations/index.ts';
import { isObject } from '../src/base/json.ts';
import { checkFileOf } from '../src/contract/compiled-checks.ts';
import { createAjv, type JsonSchema } from '../src/contract/schema.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import { RULE_SCHEMA, SCENARIO_SCHEMA } from '../src/faults/scenario-file/scenario-schema.ts';
import { FIXTURES_SCHEMA } from '../src/fixtures/fixture-schema.ts';

/** The schemas of files, and those of requests that are known before a request arrives. */
export const SCHEMAS: readonly JsonSchema[] = [
  FIXTURES_SCHEMA,
  SCENARIO_SCHEMA,
  RULE_SCHEMA,
  ...DIALECTS.flatMap(({ contract }) => Object.values(contract.operations).map(({ request }) => request)),
  ...Object.values(ADMIN_OPERATIONS).flatMap(({ request, query = {} }) => [request, ...Object.values(query)]),
].filter((schema) => schema !== undefined);

/**
 * Returns the code of a check: a CommonJS module with a function that receives the formats and returns the check. It stops
 * at the first violation, because ajv describes the violations of a value that is found invalid.
 */
export function codeOf(schema: JsonSchema): string {
  const ajv = createAjv({ inlineRefs: false, messages: false, code: { source: true, formats: _`formats` } });
  const { code } = transformSync(
    withoutErrors(standalone.default(ajv, ajv.compile(withoutTexts(schema) as JsonSchema))),
    {
      format: 'cjs',
      target: 'node20',
      minify: true,
      treeShaking: true,
    },
  );
  const complete = code.includes('require(') ? withRequired(code) : code;
  const lines = code.includes('formats') ? 'const formats = load();' : '';
  return `module.exports = (load) => { const module = {}; ${lines} ${complete}; return module.exports; };`;
}

/** Adds the functions of ajv that a check calls. To find their files would take longer than to run the check. */
function withRequired(code: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
  });
  return (outputFiles[0] as OutputFile).text;
}

/** Removes the description of a violation where the code stops: only whether there is one is read. */
const withoutErrors = (code: string): string =>
  code.replaceAll(/(validate\d+\.errors = )\[\{instancePath:.*?\}\];\s*return false;/g, '$1[0];return false;');

/** Keywords whose values are no schemas. */
const VALUES: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples']);
/** Keywords that describe, and would otherwise be part of the code. */
const TEXTS: ReadonlySet<string> = new Set(['description', 'markdownDescription', 'title']);

/** Copies a schema without its descriptions. A property that is called `description` has a schema, and is kept. */
function withoutTexts(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutTexts);
  if (!isObject(part)) return part;
  const kept = Object.entries(part).filter(([name, value]) => !(TEXTS.has(name) && typeof value === 'string'));
  return Object.fromEntries(kept.map(([name, value]) => [name, VALUES.has(name) ? value : withoutTexts(value)]));
}

/** Writes the checks of all schemas to a folder. */
export function writeChecks(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const schema of SCHEMAS) writeFileSync(join(folder, checkFileOf(schema)), codeOf(schema));
}
