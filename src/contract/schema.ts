import { createRequire } from 'node:module';
import type { Ajv as AjvClass, ErrorObject, Options, ValidateFunction } from 'ajv';
import { exactAt, holdsExact } from '../base/exact-numbers.ts';
import { parsePointer } from '../base/json-pointer.ts';
import { AMOUNT_KEYWORDS } from './amount-keywords.ts';
import { isBase64 } from './base64.ts';
import { compiledCheck, type IsValid } from './compiled-checks.ts';
import type { JsonSchema } from './json-schema.ts';

export type { JsonSchema } from './json-schema.ts';

/** One violation of a schema. */
export interface Violation {
  /** JSON pointer of the invalid value; empty for the whole document. */
  readonly pointer: string;
  /** The message of ajv. */
  readonly message: string;
  /** The schema keyword that failed, such as `type` or `enum`. */
  readonly keyword: string;
  /** The keyword's own parameters, such as `{ allowedValues: [...] }`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The invalid value; an `ExactNumber` where the text of a body has one. */
  readonly value: unknown;
}

/** Returns the violations of a value; an empty list if it is valid. */
export type Check = (value: unknown) => readonly Violation[];

// Loading ajv and its formats, and compiling a schema, takes a large part of the start-up time: builds contain compiled
// checks, and ajv is loaded for values that they find invalid, and for other schemas.
const load = createRequire(import.meta.url);
let ajv: AjvClass | undefined;

/** Creates an ajv with the formats and keywords of all schemas. */
export function createAjv(options: Options): AjvClass {
  const { Ajv } = load('ajv') as typeof import('ajv');
  const addFormats = load('ajv-formats') as typeof import('ajv-formats');
  const created = new Ajv({ strict: true, allowUnionTypes: true, ...options });
  addFormats.default(created);
  created.addFormat('base64', isBase64);
  // Editors show this annotation when they complete property names.
  created.addKeyword('markdownDescription');
  for (const keyword of AMOUNT_KEYWORDS) created.addKeyword(keyword);
  return created;
}

function compileWithAjv(schema: JsonSchema): ValidateFunction {
  ajv ??= createAjv({ allErrors: true, verbose: true });
  return ajv.compile(schema);
}

const NO_VIOLATIONS: readonly Violation[] = [];

const toViolation = (error: ErrorObject, root: unknown): Violation => ({
  pointer: error.instancePath,
  message: error.message ?? `fails ${error.keyword}`,
  keyword: error.keyword,
  params: error.params,
  value: holdsExact(root) ? exactAt(root, parsePointer(error.instancePath)) : error.data,
});

/**
 * Creates a check for a schema. The first check loads the compiled schema of this build, if there is one; ajv compiles
 * other schemas, and describes what is invalid.
 */
export function compile(schema: JsonSchema): Check & { readonly compileNow: () => void } {
  let validate: ValidateFunction | undefined;
  let isValid: IsValid | undefined;
  const compileNow = (): ValidateFunction => {
    validate ??= compileWithAjv(schema);
    return validate;
  };
  const check = (value: unknown): readonly Violation[] => {
    if (validate === undefined) {
      isValid ??= compiledCheck(schema) ?? NEVER_VALID;
      if (isValid(value)) return NO_VIOLATIONS;
    }
    const run = compileNow();
    return run(value) ? NO_VIOLATIONS : (run.errors ?? []).map((error) => toViolation(error, value));
  };
  return Object.assign(check, { compileNow: () => void compileNow() });
}

const NEVER_VALID: IsValid = () => false;

const checks = new WeakMap<JsonSchema, Check>();

/** Returns the check of a schema, which is compiled on first use. */
export function checkOf(schema: JsonSchema): Check {
  let check = checks.get(schema);
  if (check === undefined) {
    check = compile(schema);
    checks.set(schema, check);
  }
  return check;
}
