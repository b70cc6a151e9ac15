import type { JsonSchema } from '../../../src/contract/schema.ts';
import type { DialectName } from '../../../src/dialects/dialect.ts';

/** A schema of an object with exactly these members, of which some are optional. */
const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  additionalProperties: false,
});

const text: JsonSchema = { type: 'string' };
const someText: JsonSchema = { type: 'string', minLength: 1 };

/** The page of a Python service that accepts JSON: `{"message": …, "code": "404 Not Found", "title": …}`. */
const page = (status: number): JsonSchema =>
  object({ message: text, code: { type: 'string', pattern: `^${status} ` }, title: someText });

/** An error of Keystone, and of the check of tokens in front of other services. */
const keystone = (status: number): JsonSchema =>
  object({
    error: object({ code: { const: status }, message: someText, title: someText, identity: { type: 'object' } }, [
      'identity',
    ]),
  });

/** The 401 of a login that needs one more method. */
const receipt: JsonSchema = object({
  receipt: { type: 'object', required: ['methods', 'user', 'expires_at', 'issued_at'] },
  required_auth_methods: { type: 'array', items: { type: 'array', items: someText } },
});

/** A fault object of Nova and Rackspace: one member, named after the fault. */
const fault = (status: number): JsonSchema => ({
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  propertyNames: { type: 'string', pattern: '^[a-z]+[A-Za-z]+$', not: { enum: ['error', 'message'] } },
  additionalProperties: object(
    { code: { const: status }, message: text, details: text, retryAfter: text, retryAt: text },
    ['details', 'retryAfter', 'retryAt'],
  ),
});

/** An error of IMS, with its code. */
const ims: JsonSchema = object({
  error: object({ code: { type: 'string', pattern: '^IMG\\.\\d{4}$' }, message: text }),
});

/** An error of the gateway in front of Huawei's services. */
const gateway: JsonSchema = object({
  error_msg: someText,
  error_code: { type: 'string', pattern: '^APIGW\\.\\d{4}$' },
  request_id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
});

/** The shapes of the JSON errors of each dialect. */
const SHAPES: Readonly<Record<DialectName, (status: number) => readonly JsonSchema[]>> = {
  'image-v2': (status) => [page(status)],
  'compute-v2.1': (status) => (status === 401 ? [keystone(status)] : [fault(status), page(status)]),
  'rackspace-images': (status) => [fault(status)],
  'rackspace-servers': (status) => [fault(status)],
  ims: (status) => [ims, gateway, page(status)],
  identity: (status) => [keystone(status), fault(status), gateway, ...(status === 401 ? [receipt] : [])],
};

const schemas = new Map<string, JsonSchema>();

/** Returns the schema of the JSON errors of a dialect with a status. */
export function errorSchemaOf(dialect: DialectName, status: number): JsonSchema {
  const key = `${dialect} ${status}`;
  let schema = schemas.get(key);
  if (schema === undefined) {
    const shapes = SHAPES[dialect](status);
    schema = shapes.length === 1 ? (shapes[0] as JsonSchema) : { anyOf: shapes };
    schemas.set(key, schema);
  }
  return schema;
}
