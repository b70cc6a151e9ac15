import { BOOLEAN, createSchema, ID, NAME, TEXT_OR_NULL } from '../records/schema-parts.ts';

const NULL_OR_TEXT = { type: ['null', 'string'] } as const;

const ROLE = {
  type: 'object',
  properties: { id: ID, name: NAME },
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
} as const;

const ACCESS_RULE = {
  type: 'object',
  properties: {
    path: { type: 'string', minLength: 0, maxLength: 225, pattern: '^\\/.*' },
    method: { type: 'string', pattern: '^(POST|GET|HEAD|PATCH|PUT|DELETE)$' },
    service: ID,
    id: ID,
  },
  additionalProperties: false,
} as const;

/** The body of a new application credential. */
export const CREATE_CREDENTIAL = createSchema(
  {
    name: NAME,
    description: TEXT_OR_NULL,
    secret: NULL_OR_TEXT,
    expires_at: NULL_OR_TEXT,
    roles: { type: 'array', items: ROLE },
    unrestricted: BOOLEAN,
    access_rules: { type: 'array', items: ACCESS_RULE },
  },
  ['name'],
);

/** A body that matches `CREATE_CREDENTIAL`. Further members may have any value. */
export interface CredentialBody {
  readonly name: string;
  readonly description?: string | null;
  readonly secret?: string | null;
  readonly expires_at?: string | null;
  readonly roles?: readonly { readonly id?: string; readonly name?: string }[];
  readonly unrestricted?: boolean;
  readonly access_rules?: readonly {
    readonly id?: string;
    readonly path?: string;
    readonly method?: string;
    readonly service?: string;
  }[];
  readonly [member: string]: unknown;
}
