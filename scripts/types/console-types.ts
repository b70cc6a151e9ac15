/** Writes the types of the admin API and of recordings for the console, from the OpenAPI document and the schema of recordings. */
import { openapi } from '../../src/admin/openapi.ts';
import type { JsonSchema } from '../../src/contract/schema.ts';
import { RECORDING_SCHEMA } from '../../src/recording/schema.ts';
import { typedSchema } from './typed-schema.ts';
import { formatTypes, schemaTypes } from './write-types.ts';

const API = 'src/console/api/types.ts';
const RECORDING = 'src/console/recording/types.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly schema: JsonSchema;
}

/** An operation of the OpenAPI document. */
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** An operation with its place in the API. */
interface Placed extends Described {
  readonly method: string;
  readonly path: string;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** Returns the generated files of the console, by path. */
export async function consoleTypes(): Promise<readonly (readonly [string, string])[]> {
  const document = openapi('', '') as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Placed => ({ ...described, method, path })),
  );
  const definitions = {
    ...document.components.schemas,
    ...Object.fromEntries(operations.flatMap(schemasOf)),
  };
  const root = { type: 'object', additionalProperties: false, definitions: withLocalReferences(definitions) };
  // A reference with further members would be a type of its own.
  const schema = JSON.parse(JSON.stringify(typedSchema(root as JsonSchema))) as JsonSchema;
  const types = await schemaTypes(API, schema, 'Unused');
  const { $schema: _schema, title: _title, ...recording } = RECORDING_SCHEMA;
  return [
    [API, formatTypes(API, closed(types) + tableOf(operations))],
    [RECORDING, closed(await schemaTypes(RECORDING, typedSchema(recording), 'Recording'))],
  ];
}

/** Removes what allows further members, so that the page only uses members that are described. */
const closed = (types: string): string => types.replace(/(?<!\{)\n *readonly \[k: string\]: unknown;/g, '');

const nameOf = ({ operationId }: Described): string => (operationId[0] as string).toUpperCase() + operationId.slice(1);

/** The schemas of an operation, by the names of their types. */
function schemasOf(operation: Placed): readonly (readonly [string, JsonSchema])[] {
  const name = nameOf(operation);
  const query = (operation.parameters ?? []).filter(({ in: place }) => place === 'query');
  const body = schemaIn(operation.requestBody?.content);
  const response = schemaIn(successOf(operation)?.content);
  return [
    ...(query.length > 0 ? [[`${name}Query`, queryOf(query)] as const] : []),
    ...(body === undefined ? [] : [[`${name}Body`, body] as const]),
    ...(response === undefined ? [] : [[`${name}Response`, response] as const]),
  ];
}

const queryOf = (parameters: readonly Parameter[]): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
});

const successOf = ({ responses }: Described) =>
  Object.entries(responses).find(([status, { content }]) => Number(status) < 300 && content !== undefined)?.[1];

const schemaIn = (content: Content | undefined): JsonSchema | undefined => Object.values(content ?? {})[0]?.schema;

/** Lets references point to definitions of the same schema. */
const withLocalReferences = (value: object): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/components/schemas/', '"#/definitions/'));

/** The table of operations: what each takes and returns, and its method and path. */
function tableOf(operations: readonly Placed[]): string {
  const types = operations.map((operation) => {
    const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => `readonly ${name}: string`);
    const schemas = new Map(schemasOf(operation));
    const has = (suffix: string): string => {
      const type = nameOf(operation) + suffix;
      const schema = schemas.get(type);
      if (schema === undefined) return 'undefined';
      // A schema that is only a reference has the type of what it refers to.
      return typeof schema['$ref'] === 'string' ? schema['$ref'].replace(/^.*\//, '') : type;
    };
    const params = names.length === 0 ? 'undefined' : `{ ${names.join('; ')} }`;
    return `/** ${operation.summary}. */
  readonly ${operation.operationId}: { readonly params: ${params}; readonly query: ${has('Query')}; readonly body: ${has('Body')}; readonly response: ${has('Response')} };`;
  });
  const places = operations.map(
    ({ operationId, method, path }) => `${operationId}: '${method.toUpperCase()} ${path}',`,
  );
  return `
/** What each operation of the admin API takes and returns. */
export interface Operations {
${types.join('\n')}
}

/** Method and path of each operation, below the address of the admin API. */
export const OPERATIONS: Readonly<Record<keyof Operations, string>> = {
${places.join('\n')}
};
`;
}
