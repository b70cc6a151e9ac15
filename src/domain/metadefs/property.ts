import type { PropertySchema } from './metadef.ts';

/** Members of a property schema in the order in which they are shown, with the conversion of their values. */
const MEMBERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  name: same,
  type: same,
  title: same,
  description: same,
  operators: texts,
  default: textOf,
  readonly: same,
  minimum: truncated,
  maximum: truncated,
  enum: texts,
  pattern: same,
  minLength: truncated,
  maxLength: truncated,
  confidential: same,
  items: itemsOf,
  uniqueItems: same,
  minItems: truncated,
  maxItems: truncated,
  additionalItems: same,
};

/** What the service cannot process. */
export type PropertyFlaw = 'shape' | 'encoding';

/** Thrown for property schemas that are valid but make the service fail. */
export class FlawedProperty extends Error {
  readonly flaw: PropertyFlaw;

  constructor(flaw: PropertyFlaw) {
    super(`flawed property: ${flaw}`);
    this.name = 'FlawedProperty';
    this.flaw = flaw;
  }
}

/**
 * Converts a property schema to its stored form: members in order, bounds as integers, the default as text.
 * @throws FlawedProperty for unknown members and for values that cannot be stored.
 */
export function storedProperty(schema: PropertySchema): PropertySchema {
  if (Object.keys(schema).some((member) => !Object.hasOwn(MEMBERS, member))) throw new FlawedProperty('shape');
  const stored: Record<string, unknown> = {};
  for (const [member, convert] of Object.entries(MEMBERS)) {
    if (Object.hasOwn(schema, member)) stored[member] = convert(schema[member]);
  }
  return stored;
}

function same(value: unknown): unknown {
  return value;
}

function truncated(value: unknown): unknown {
  return typeof value === 'number' ? Math.trunc(value) : value;
}

function texts(value: unknown): unknown {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (list.some((item) => item !== null && typeof item !== 'string')) throw new FlawedProperty('shape');
  return list;
}

/** The service stores defaults as ASCII texts, and drops lists and objects. */
function textOf(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  if (/[^\p{ASCII}]/u.test(value)) throw new FlawedProperty('encoding');
  return value;
}

function itemsOf(value: unknown): unknown {
  const { type, enum: allowed, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string' || Object.keys(rest).length > 0) throw new FlawedProperty('shape');
  return { type, ...(allowed !== undefined && { enum: texts(allowed) }) };
}
