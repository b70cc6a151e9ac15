import schema from '../../../../../schemas/scenario.schema.json' with { type: 'json' };
import { type Place, placeAt } from './place.ts';

/** What the schema of scenarios says about a value; only the keywords that completion needs. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
}

/** An offer at the caret. */
export interface Offer {
  readonly title: string;
  readonly description: string;
  /** The text after it was taken, and where the caret is then. */
  readonly text: string;
  readonly caret: number;
}

/** Most offers at once. */
const MAX_OFFERS = 12;

const DEFINITIONS = schema.definitions as unknown as Readonly<Record<string, Schema>>;

const resolve = (part: Schema | undefined): Schema | undefined => {
  if (part?.$ref === undefined) return part;
  const target = DEFINITIONS[part.$ref.replace('#/definitions/', '')];
  return target === undefined ? undefined : { ...target, ...(part.description && { description: part.description }) };
};

/** Returns the schema at a path of a scenario. */
function schemaAt(path: Place['path']): Schema | undefined {
  let current = resolve(DEFINITIONS['scenario']);
  for (const step of path) {
    const next = typeof step === 'number' ? current?.items : current?.properties?.[step];
    current = resolve(next);
  }
  return current;
}

/** Returns what can be written at the caret, as the schema of scenarios says. */
export function offersAt(text: string, caret: number): readonly Offer[] {
  const place = placeAt(text, caret);
  const target = schemaAt(place.path);
  if (target === undefined) return [];
  const begun = place.begun.toLowerCase();
  const all = place.expects === 'name' ? namesOf(target, place) : valuesOf(target);
  return all
    .filter(({ title }) => title.toLowerCase().includes(begun) && title.toLowerCase() !== begun)
    .slice(0, MAX_OFFERS)
    .map(({ title, description, written, back }) => {
      const rest = text.slice(caret).replace(/^[^\s{}[\],:"]*"?/, (word) => (/^[\w.*-]*"?$/.test(word) ? '' : word));
      const before = text.slice(0, place.from) + written;
      return { title, description, text: before + rest, caret: before.length - back };
    });
}

interface Choice {
  readonly title: string;
  readonly description: string;
  readonly written: string;
  /** How far before its end the caret stands. */
  readonly back: number;
}

function namesOf(target: Schema, { names }: Place): readonly Choice[] {
  return Object.entries(target.properties ?? {})
    .filter(([name]) => !names.includes(name))
    .map(([name, part]) => {
      const { description = '', type } = resolve(part) ?? {};
      const [opening, back] = openingOf(type);
      return { title: name, description, written: `"${name}": ${opening}`, back };
    });
}

/** What follows the colon: brackets with the caret between them. */
function openingOf(type: Schema['type']): readonly [text: string, back: number] {
  if (type === 'object') return ['{}', 1];
  if (type === 'array') return ['[]', 1];
  return ['', 0];
}

function valuesOf(target: Schema): readonly Choice[] {
  const { description = '', type = [] } = target;
  // A list of texts may be one text.
  const values = [...(target.enum ?? target.examples ?? []), ...(target.items?.examples ?? [])];
  const booleans = [type].flat().includes('boolean') ? [true, false] : [];
  return [...values, ...booleans].map((value) => {
    const written = JSON.stringify(value);
    return { title: String(value), description, written, back: 0 };
  });
}
