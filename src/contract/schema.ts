import { createRequire } from 'node:module';
import type { Ajv as AjvClass, ErrorObject, ValidateFunction } from 'ajv';

/** A JSON Schema (draft 7), as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One way in which a value breaks its schema. */
export interface Violation {
  /** JSON pointer of the value at fault; empty for the whole document. */
  readonly pointer: string;
  /** What is wrong, in ajv's words. */
  readonly message: string;
  /** The schema keyword that failed, such as `type` or `enum`. */
  readonly keyword: string;
  /** The keyword's own parameters, such as `{ allowedValues: [...] }`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The value found there. */
  readonly value: unknown;
}

/** Answers the violations of a value; an empty list for a good one. */
export type Check = (value: unknown) => readonly Violation[];

// ajv and its formats take a good part of the start-up time of a small server, and many runs never meet a schema:
// both are loaded with the first check that is really made.
const load = createRequire(import.meta.url);
let ajv: AjvClass | undefined;

function theAjv(): AjvClass {
  if (ajv === undefined) {
    const { Ajv } = load('ajv') as typeof import('ajv');
    const addFormats = load('ajv-formats') as typeof import('ajv-formats');
    ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true });
    addFormats.default(ajv);
    // An annotation for editors: they complete property names from it.
    ajv.addKeyword('markdownDescription');
  }
  return ajv;
}

const NO_VIOLATIONS: readonly Violation[] = [];

const toViolation = (error: ErrorObject): Violation => ({
  pointer: error.instancePath,
  message: error.message ?? `fails ${error.keyword}`,
  keyword: error.keyword,
  params: error.params,
  value: error.data,
});

/** Makes a check of a schema. The schema is compiled by the first value it meets, or by `compileNow`. */
export function compile(schema: JsonSchema): Check & { readonly compileNow: () => void } {
  let validate: ValidateFunction | undefined;
  const compileNow = (): ValidateFunction => {
    validate ??= theAjv().compile(schema);
    return validate;
  };
  const check = (value: unknown): readonly Violation[] => {
    const run = validate ?? compileNow();
    return run(value) ? NO_VIOLATIONS : (run.errors ?? []).map(toViolation);
  };
  return Object.assign(check, { compileNow: () => void compileNow() });
}
