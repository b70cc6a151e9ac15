import { STATUS_CODES } from 'node:http';
import type { JsonSchema } from '../contract/schema.ts';
import { type AdminOperation, contract, operations } from './contract.ts';
import { ERROR } from './schemas.ts';

const json = (schema: JsonSchema): unknown => ({ 'application/json': { schema } });

/** The admin API as an OpenAPI 3.1 document. */
export function openapi(version: string, address: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, operation] of Object.entries(operations)) {
    paths[operation.path] ??= {};
    (paths[operation.path] as Record<string, unknown>)[operation.method] = describe(id, operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: contract.title, version, description: 'Toggle, watch and reset a Sideglance.' },
    servers: [{ url: address }],
    security: [{}, { token: [] }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Needed where one was set, and beyond loopback.' },
      },
      schemas: { Error: ERROR },
    },
    paths,
  };
}

function describe(id: string, operation: AdminOperation): unknown {
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string);
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(operation.query ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
  ];
  return {
    operationId: id,
    summary: operation.summary,
    ...(operation.auth === 'none' && { security: [{}] }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.request && {
      requestBody: { required: !operation.isBodyOptional, content: json(operation.request) },
    }),
    responses: Object.fromEntries(statusesOf(operation).map((status) => [String(status), response(operation, status)])),
  };
}

/** Those of its own, and what every operation answers: to parameters that it does not take, and without the token. */
function statusesOf({ statuses, auth }: AdminOperation): readonly number[] {
  const everywhere = auth === 'none' ? [400] : [400, 401];
  return [...new Set([...statuses, ...everywhere])];
}

function response(operation: AdminOperation, status: number): unknown {
  const description = STATUS_CODES[status] ?? '';
  if (status >= 400) return { description, content: json({ $ref: '#/components/schemas/Error' }) };
  return { description, ...(operation.response && { content: json(operation.response) }) };
}
