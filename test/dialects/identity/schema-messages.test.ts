import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { expand } from '../../../scripts/conformance/case.ts';
import { CREATE_CREDENTIAL } from '../../../src/dialects/identity/application-credentials/schema.ts';
import { AUTH } from '../../../src/dialects/identity/log-in/schema.ts';
import { assertValid } from '../../../src/dialects/identity/records/check-body.ts';
import type { Resource } from '../../../src/dialects/identity/records/resource.ts';
import { RequestError } from '../../../src/dialects/identity/request-error.ts';
import { RESOURCES } from '../../../src/dialects/identity/resources.ts';

/** Bodies that Keystone 22 received, and its message for each that breaks the schema. */
interface RecordedBodies {
  readonly resource: string;
  readonly verb: 'create' | 'update';
  /** The first line is cut after 160 characters; the digest is that of the whole message. */
  readonly rows: readonly (readonly [body: unknown, firstLine?: string, digest?: string])[];
}

const RECORDED = JSON.parse(
  readFileSync(new URL('./recorded/schema-messages.json', import.meta.url), 'utf8'),
) as readonly RecordedBodies[];

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
const firstLineOf = (text: string): string => (text.split('\n')[0] as string).slice(0, 160);

/** What decides on the message of a body. */
type Checked = Pick<Resource, 'one' | 'schemas' | 'rules' | 'missingWrapper' | 'createWrapper'>;

/** Returns the message of a body, as the recorded rows hold it. */
function messageOf(resource: Checked, verb: 'create' | 'update', body: unknown): readonly string[] {
  const { one, missingWrapper, createWrapper = one } = resource;
  const wrapper = verb === 'create' ? createWrapper : one;
  const members = expand(body) as Readonly<Record<string, unknown>>;
  const value = wrapper in members ? members[wrapper] : missingWrapper === null ? null : {};
  const message = errorOf(resource, verb, value);
  return message === undefined ? [] : [firstLineOf(message), digestOf(message)];
}

function errorOf({ rules, schemas }: Checked, verb: 'create' | 'update', value: unknown): string | undefined {
  try {
    if (rules?.validate === undefined) assertValid(value, schemas[verb]);
    else rules.validate(value);
    return undefined;
  } catch (error) {
    if (error instanceof RequestError) return error.message;
    throw error;
  }
}

/** Bodies that no resource describes. */
const OTHERS: readonly Checked[] = [
  { one: 'application_credential', schemas: { create: CREATE_CREDENTIAL, update: {} } },
  { one: 'auth', schemas: { create: AUTH, update: {} } },
];

const known = new Map([...RESOURCES, ...OTHERS].map((checked): [string, Checked] => [checked.one, checked]));
describe.each(RECORDED)('$verb $resource', ({ resource, verb, rows }) => {
  test('Each recorded body gets the message of the service', () => {
    const own = rows.map(([body]) => [body, ...messageOf(known.get(resource) as Checked, verb, body)]);
    expect(own).toEqual(rows);
  });
});
