import { createRequire } from 'node:module';
import type { Ajv as AjvClass, ErrorObject, ValidateFunction } from 'ajv';
import { exactAt, holdsExact } from '../base/exact-numbers.ts';
import { parsePointer } from '../base/json-pointer.ts';
import { AMOUNT_KEYWORDS } from './amount-keywords.ts';
import { isBase64 } from './base64.ts';

/** A JSON Schema (draft 7), as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

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

// Loading ajv and its formats takes a large part of the start-up time, and many runs validate nothing: the first
// check loads both.
const load = createRequire(import.meta.url);
let ajv: AjvClass | undefined;

function loadAjv(): AjvClass {
  if (ajv === undefined) {
    const { Ajv } = load('ajv') as typeof import('ajv');
    const addFormats = load('ajv-formats') as typeof import('ajv-formats');
    ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true });
    addFormats.default(ajv);
    ajv.addFormat('base64', isBase64);
    // Editors show this annotation when they complete property names.
    ajv.addKeyword('markdownDescription');
    for (const keyword of AMOUNT_KEYWORDS) ajv.addKeyword(keyword);
  }
  return ajv;
}

const NO_VIOLATIONS: readonly Violation[] = [];

const toViolation = (error: ErrorObject, root: unknown): Violation => ({
  pointer: error.instancePath,
  message: error.message ?? `fails ${error.keyword}`,
  keyword: error.keyword,
  params: error.params,
  value: holdsExact(root) ? exactAt(root, parsePointer(error.instancePath)) : error.data,
});

/** Creates a check for a schema. The first check compiles the schema, or `compileNow` does. */
export function compile(schema: JsonSchema): Check & { readonly compileNow: () => void } {
  let validate: ValidateFunction | undefined;
  const compileNow = (): ValidateFunction => {
    validate ??= loadAjv().compile(schema);
    return validate;
  };
  const check = (value: unknown): readonly Violation[] => {
    const run = validate ?? compileNow();
    return run(value) ? NO_VIOLATIONS : (run.errors ?? []).map((error) => toViolation(error, value));
  };
  return Object.assign(check, { compileNow: () => void compileNow() });
}

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
