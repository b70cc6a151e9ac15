import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadScript } from '../base/cached-script.ts';
import { isBase64 } from './base64.ts';
import type { JsonSchema } from './json-schema.ts';
import { loadFormats } from './load-formats.ts';

/** The folder of compiled checks, relative to the bundle; the build defines it, and it is not defined in the sources. */
declare const CHECKS_FOLDER: string;

/** Whether a value matches a schema. */
export type IsValid = (value: unknown) => boolean;

/** The formats of schemas, by name. */
const formats = (): object => ({ ...loadFormats(), base64: isBase64 });

/** Name of the file with the compiled check of a schema. It depends on the content of the schema alone. */
export const checkFileOf = (schema: JsonSchema): string => `${hash('sha256', JSON.stringify(schema)).slice(0, 24)}.cjs`;

/** Returns the compiled check of a schema; `undefined` if this build has none, and in the sources. */
export function compiledCheck(schema: JsonSchema): IsValid | undefined {
  if (typeof CHECKS_FOLDER === 'undefined') return undefined;
  const file = fileURLToPath(new URL(CHECKS_FOLDER + checkFileOf(schema), import.meta.url));
  if (!existsSync(file)) return undefined;
  const create = loadScript(file) as (formats: () => object) => IsValid;
  return create(formats);
}
