import type { PropertySchema } from './metadef.ts';

/** Members of a property's schema in the order in which they are shown, and what becomes of their values. */
const MEMBERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  name: same,
  type: same,
  title: same,
  description: same,
  operators: texts,
  default: textOf,
  readonly: same,
  minimum: whole,
  maximum: whole,
  enum: texts,
  pattern: same,
  minLength: whole,
  maxLength: whole,
  confidential: same,
  items: itemsOf,
  uniqueItems: same,
  minItems: whole,
  maxItems: whole,
  additionalItems: same,
};

/** What the service cannot make anything of. */
export type PropertyFlaw = 'shape' | 'encoding';

/** Thrown for schemas of properties that fit their schema, and that the service stumbles over all the same. */
export class FlawedProperty extends Error {
  readonly flaw: PropertyFlaw;

  constructor(flaw: PropertyFlaw) {
    super(`flawed property: ${flaw}`);
    this.name = 'FlawedProperty';
    this.flaw = flaw;
  }
}

/**
 * A property's schema as it is kept: members in their order, bounds as whole numbers, the default as text.
 * @throws FlawedProperty for members that are not known and values that cannot be kept.
 */
export function keptProperty(schema: PropertySchema): PropertySchema {
  if (Object.keys(schema).some((member) => !Object.hasOwn(MEMBERS, member))) throw new FlawedProperty('shape');
  const kept: Record<string, unknown> = {};
  for (const [member, keep] of Object.entries(MEMBERS)) {
    if (Object.hasOwn(schema, member)) kept[member] = keep(schema[member]);
  }
  return kept;
}

function same(value: unknown): unknown {
  return value;
}

function whole(value: unknown): unknown {
  return typeof value === 'number' ? Math.trunc(value) : value;
}

function texts(value: unknown): unknown {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (list.some((item) => item !== null && typeof item !== 'string')) throw new FlawedProperty('shape');
  return list;
}

/** Defaults are bytes to the service: text of ASCII alone, and nothing of lists and objects. */
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
