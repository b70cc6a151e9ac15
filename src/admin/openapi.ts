import { STATUS_CODES } from 'node:http';
import { isObject } from '../base/json.ts';
import type { JsonSchema } from '../contract/schema.ts';
import { EXAMPLES, type Example } from './examples.ts';
import type { AnyAdminOperation } from './operation.ts';
import { ADMIN_OPERATIONS, type AdminOperationId } from './operations/index.ts';
import { integer, listOf, responseBody, text } from './schema-helpers.ts';
import { TAGS, tagOf } from './tags.ts';

const json = (schema: JsonSchema, example?: unknown): unknown => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

/** The body of every error response. */
const ERROR: JsonSchema = responseBody({
  error: {
    type: 'object',
    required: ['code', 'title', 'message'],
    properties: {
      code: integer('The status.'),
      title: text('Its reason phrase.'),
      message: text('What is wrong.'),
      pointer: text('JSON pointer of the first invalid value.'),
      value: { description: 'That value.' },
      allowed: { description: 'What is allowed there, in words or as a list.' },
      issues: listOf({
        type: 'object',
        properties: {
          pointer: text('JSON pointer; for a query parameter, its name.'),
          message: text('What is wrong.'),
          value: { description: 'The value found.' },
          allowed: { description: 'What is allowed there.' },
        },
      }),
    },
  },
});

/**
 * Describes the admin API as an OpenAPI 3.1 document.
 * @param version - version of the package.
 * @param address - address of the admin API, including `/__admin`.
 */
export function openapi(version: string, address: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of Object.values(ADMIN_OPERATIONS)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  const schemas: Record<string, unknown> = { Error: ERROR };
  const shared = withReferences(paths, schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sideglance admin API',
      version,
      description: 'Control, inspect and reset a running Sideglance.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: address }],
    tags: TAGS,
    security: [{}, { token: [] }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Required when a token is configured, and when the server listens beyond loopback.',
        },
      },
      schemas,
    },
    paths: shared,
  };
}

/** Moves schemas with a title to the components, and puts references in their places. */
function withReferences(value: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, schemas));
  if (!isObject(value)) return value;
  const { title, ...rest } = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'example' ? member : withReferences(member, schemas),
    ]),
  );
  if (typeof title !== 'string') return title === undefined ? rest : { title, ...rest };
  schemas[title] = rest;
  return { $ref: `#/components/schemas/${title}` };
}

/** The examples of an operation; none if there are none. */
const exampleOf = ({ id }: AnyAdminOperation): Example => EXAMPLES[id as AdminOperationId] ?? {};

function describe(operation: AnyAdminOperation): unknown {
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string);
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(operation.query ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
  ];
  return {
    operationId: operation.id,
    tags: [tagOf(operation.id)],
    summary: operation.summary,
    ...(operation.auth === 'none' && { security: [{}] }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.request && {
      requestBody: {
        required: !operation.isBodyOptional,
        content: json(operation.request, exampleOf(operation).request),
      },
    }),
    responses: Object.fromEntries(
      statusesOf(operation).map((status) => [String(status), describeResponse(operation, status)]),
    ),
  };
}

/**
 * Returns the statuses of an operation, including those of all operations: 400 (unknown query parameter), 401 (no token), 403
 * (a web page of another origin) and 415 (a body that is not JSON).
 */
function statusesOf({ statuses, auth, request }: AnyAdminOperation): readonly number[] {
  const access = auth === 'none' ? [] : [401, 403];
  const body = request === undefined ? [] : [415];
  return [...new Set([...statuses, 400, ...access, ...body])];
}

function describeResponse(operation: AnyAdminOperation, status: number): unknown {
  const description = STATUS_CODES[status] ?? '';
  if (status >= 400) return { description, content: json({ $ref: '#/components/schemas/Error' }) };
  const { response, produces = 'application/json' } = operation;
  const example = status === operation.success ? exampleOf(operation).response : undefined;
  const content = response && { [produces]: { schema: response, ...(example !== undefined && { example }) } };
  return { description, ...(content && { content }) };
}
