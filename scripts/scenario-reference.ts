/** Generates docs/scenario-reference.md, which describes every member of a scenario file, from the schema. */
import type { JsonSchema } from '../src/contract/schema.ts';
import { DURATION_PATTERN } from '../src/input/duration.ts';
import { listItem, wrapMarkdown } from './wrap-markdown.ts';

type Properties = Readonly<Record<string, JsonSchema>>;

/** An object that has a section on the page. */
interface Section {
  readonly title: string;
  readonly schema: JsonSchema;
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'members',
  array: 'list',
  null: 'null',
};

const typesOf = ({ type }: JsonSchema): readonly string[] =>
  type === undefined ? [] : Array.isArray(type) ? (type as readonly string[]) : [type as string];

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
/** Escapes text of a schema. */
const escaped = (text: string): string =>
  text
    .split('`')
    .map((part, at) => (at % 2 === 0 ? part.replaceAll('*', '\\*') : part))
    .join('`');
const anchor = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9-]/g, '');
const link = (title: string): string => `[${title}](#${anchor(title)})`;
const refOf = ({ $ref }: JsonSchema): string | undefined =>
  typeof $ref === 'string' ? $ref.replace('#/definitions/', '') : undefined;

/** Returns the page in Markdown. */
export function referencePage(schema: JsonSchema): string {
  const definitions = schema['definitions'] as Properties;
  const sections = sectionsFrom('scenario', definitions);
  return `# Scenario files: every member

Generated from [the schema](../schemas/scenario.schema.json) (\`npm run generate\`). [Scenarios](scenarios.md) explains
them step by step, and [the library](scenario-library.md) lists the shipped ones.

A file is YAML or JSON and contains one [scenario](#scenario) or a list of them. \`sideglance validate --scenarios FILE\`
reports what is wrong with it. \`POST /__admin/faults\` takes a single [rule](#rule).

${sections.map((section) => sectionText(section, sections)).join('\n\n')}
`;
}

/** Returns the objects that a definition refers to, each once, in the order of reference. */
function sectionsFrom(name: string, definitions: Properties): readonly Section[] {
  const found = new Map<string, Section>();
  const visit = (title: string, schema: JsonSchema): void => {
    if (found.has(title)) return;
    found.set(title, { title, schema });
    for (const [member, value] of Object.entries(propertiesOf(schema))) follow(`${title}.${member}`, value);
  };
  const follow = (title: string, schema: JsonSchema): void => {
    const ref = refOf(schema);
    if (ref !== undefined) visit(ref, definitions[ref] as JsonSchema);
    else if (Object.keys(propertiesOf(schema)).length > 0) visit(title, schema);
    if (schema['items'] !== undefined) follow(`${title}[]`, schema['items'] as JsonSchema);
  };
  visit(name, definitions[name] as JsonSchema);
  return [...found.values()];
}

const propertiesOf = (schema: JsonSchema): Properties => (schema['properties'] ?? {}) as Properties;

function sectionText({ title, schema }: Section, sections: readonly Section[]): string {
  const description = schema['description'] as string | undefined;
  const items = Object.entries(propertiesOf(schema)).map(([member, value]) =>
    itemOf(member, value, isRequired(schema, member), `${title}.${member}`, sections),
  );
  const texts = [...(description === undefined ? [] : [escaped(description)]), ...formsOf(schema)];
  const parts = [`## ${title}`, wrapMarkdown(texts.join(' '))];
  if (items.length > 0) parts.push(items.join('\n'));
  return parts.filter((part) => part !== '').join('\n\n');
}

const isRequired = (schema: JsonSchema, member: string): boolean =>
  ((schema['required'] ?? []) as readonly string[]).includes(member);

/** Describes the other forms of an object, and whether it has exactly one member. */
function formsOf(schema: JsonSchema): readonly string[] {
  const others = typesOf(schema).filter((type) => type !== 'object');
  const forms: string[] = [];
  if (others.length > 0) {
    const written = others.map((type) => formOf(type, schema)).join(' or ');
    forms.push(`Written as ${written}${isObject(schema) ? ', or with members' : ''}.`);
  }
  if (isObject(schema) && schema['maxProperties'] === 1) forms.push('It has exactly one of these members.');
  return forms;
}

/** Describes one of several types, with its allowed values. */
function formOf(type: string, schema: JsonSchema): string {
  const { pattern } = schema as { readonly pattern?: string };
  const allowed =
    type === 'string'
      ? pattern === undefined
        ? ''
        : patternText(pattern)
      : type === 'boolean'
        ? ''
        : rangeText(schema);
  return `${NAMES[type]}${allowed === '' ? '' : ` (${allowed})`}`;
}

const isObject = (schema: JsonSchema): boolean => Object.keys(propertiesOf(schema)).length > 0;

/** Describes a member: its type, the allowed values and the default in brackets, then what it is. */
function itemOf(
  member: string,
  schema: JsonSchema,
  required: boolean,
  title: string,
  sections: readonly Section[],
): string {
  const target = sections.find((section) => section.title === refOf(schema))?.schema;
  const allowed = allowedOf(schema);
  const type = typeText(schema, title, sections);
  const facts = [
    allowed === '' ? type : `${type}: ${allowed}`,
    required ? '**required**' : schema['default'] === undefined ? '' : `default: ${code(schema['default'])}`,
  ];
  const description = escaped(String(schema['description'] ?? target?.['description'] ?? ''));
  return listItem(
    `\`${member}\` (${facts.filter((fact) => fact !== '').join('; ')})${description && `: ${description}`}`,
  );
}

/** Names the type of a value, with a link to the section of its members. */
function typeText(schema: JsonSchema, title: string, sections: readonly Section[]): string {
  const ref = refOf(schema);
  if (ref !== undefined) return link(ref);
  if (schema['enum'] !== undefined) return 'one of these';
  const types = typesOf(schema);
  if (types.length === 0) return 'any';
  return types
    .map((type) => {
      if (type === 'array') return listText((schema['items'] ?? {}) as JsonSchema, `${title}[]`, sections);
      if (type === 'object' && sections.some((section) => section.title === title)) return link(title);
      if (type === 'object' && schema['additionalProperties'] !== undefined) return `${valuesText(schema)} by name`;
      return NAMES[type] ?? type;
    })
    .join(' or ');
}

function listText(items: JsonSchema, title: string, sections: readonly Section[]): string {
  const text = typeText(items, title, sections);
  return `list of ${text.startsWith('[') ? text : `${text}s`}`;
}

const valuesText = ({ additionalProperties }: JsonSchema): string =>
  typesOf((typeof additionalProperties === 'object' ? additionalProperties : {}) as JsonSchema)
    .map((type) => NAMES[type])
    .join(' or ') || 'values';

/** Describes the allowed values of a schema. */
function allowedOf(schema: JsonSchema): string {
  const parts: string[] = [];
  const words = schema['enum'] as readonly unknown[] | undefined;
  if (words !== undefined) parts.push(words.map(code).join(', '));
  const pattern = schema['pattern'] as string | undefined;
  if (pattern !== undefined) parts.push(patternText(pattern));
  const range = rangeText(schema);
  if (range !== '') parts.push(range);
  return parts.join('; ');
}

/** Examples for patterns, by the start of the pattern; longer ones first. */
const EXAMPLES: readonly (readonly [beginning: string, text: string])[] = [
  [`${DURATION_PATTERN}|`, '`30s`, `1h`, `2026-11-21T12:00:00Z`'],
  [DURATION_PATTERN, '`30s`, `1m30s`, `2h`'],
  ['^[0-9]+(\\.[0-9]+)?(ms|s|m)$', '`250ms`, `2s`, `1m`'],
  ['^[A-Za-z0-9][A-Za-z0-9._-]', 'letters, digits, `.`, `_`, `-`'],
  ['^/', 'a JSON pointer'],
  ['^[ -~]+$', 'printable ASCII'],
];

/** Describes a pattern: as a list of words when it is one, else by examples. */
function patternText(pattern: string): string {
  const words = /^\^\(([a-z|]+)\)\$$/.exec(pattern)?.[1];
  if (words !== undefined) return words.split('|').map(code).join(', ');
  return EXAMPLES.find(([beginning]) => pattern.startsWith(beginning))?.[1] ?? code(pattern);
}

function rangeText(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum } = schema as Readonly<Record<string, number | undefined>>;
  const max = maximum === undefined || maximum >= 2 ** 31 - 1 ? undefined : maximum;
  if (exclusiveMinimum !== undefined)
    return `more than ${exclusiveMinimum}${max === undefined ? '' : `, up to ${max}`}`;
  if (minimum === undefined) return max === undefined ? '' : `up to ${max}`;
  return max === undefined ? `${minimum} or more` : `${minimum} to ${max}`;
}
