import { hash } from 'node:crypto';
import { isObject } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { isDelegated, rejectDelegatedToken } from '../delegation.ts';
import { missing } from '../fields.ts';
import { isPermitted, type Policy, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { TEXT } from '../records/schema-parts.ts';
import { badRequest, conflict, unexpected } from '../request-error.ts';

const READ: Policy = [...SYSTEM_READ, 'owner'];
const CHANGE: Policy = ['admin', 'owner'];

const CREATE = {
  type: 'object',
  properties: { blob: TEXT, project_id: TEXT, type: TEXT, user_id: TEXT },
  additionalProperties: true,
  oneOf: [
    {
      title: 'ec2 credential requires project_id',
      required: ['blob', 'type', 'user_id', 'project_id'],
      properties: { type: { enum: ['ec2'] } },
    },
    {
      title: 'non-ec2 credential does not require project_id',
      required: ['blob', 'type', 'user_id'],
      properties: { type: { not: { enum: ['ec2'] } } },
    },
  ],
} as const;

const UPDATE = {
  type: 'object',
  properties: { blob: TEXT },
  additionalProperties: false,
  required: ['blob'],
} as const;

/** Credentials: texts that belong to users, such as EC2 keys and certificates. */
export const credentials = defineResource({
  kind: 'credential',
  title: { one: 'Credential', many: 'Credentials' },
  one: 'credential',
  many: 'credentials',
  path: '/v3/credentials',
  idParam: 'credential_id',
  section: 'Credentials',
  members: ['id', 'user_id', 'project_id', 'type', 'blob'],
  defaults: { project_id: null },
  schemas: { create: CREATE, update: UPDATE },
  columns: { type: 255, user_id: 64, project_id: 64 },
  filters: { user_id: 'text', type: 'text' },
  filterIndexes: { user_id: 'user', type: 'type' },
  targeted: ['list', 'create', 'show', 'update', 'delete'],
  policy: { list: ['anyone'], create: CHANGE, show: READ, update: CHANGE, delete: CHANGE },
  lists: ({ user_id: userId }, { requester, context }) =>
    !isDelegated(context) && isPermitted(READ, requester, { ...(typeof userId === 'string' && { userId }) }),
  rules: {
    requested: ({ context }) => rejectDelegatedToken(context),
    create: completeCredential,
    changed: failOnEmptyBlob,
  },
  sample: { user_id: 'sample', type: 'cert', blob: 'sample' },
});

function completeCredential(draft: EntityRecord, { records, context }: RecordRequest): EntityRecord {
  rejectDelegatedToken(context);
  if (draft['type'] !== 'ec2') return draft;
  const id = ec2CredentialId(accessOf(String(draft['blob'])));
  if (records.has('credential', id)) conflict('credential', `Duplicate entry found with ID ${id}.`);
  return { ...draft, id };
}

/** The id of the credential of an EC2 access key. */
export const ec2CredentialId = (access: string): string => hash('sha256', access);

/** The access key in the blob of an EC2 credential. @throws IdentityError `missing`; RequestError 400, 500. */
function accessOf(blob: string): string {
  const value = parseBlob(blob);
  if (!isObject(value) || Object.keys(value).length === 0) return missing('blob', 'credential');
  const { access } = value;
  if (access === undefined || access === null || access === '') return missing('access', 'credential');
  return typeof access === 'string' ? access : unexpected();
}

function parseBlob(blob: string): unknown {
  try {
    return JSON.parse(blob);
  } catch {
    return badRequest('Invalid blob in credential');
  }
}

/** The service stores an empty blob, and then fails to show it. */
function failOnEmptyBlob({ blob }: EntityRecord): void {
  if (blob === '') unexpected();
}
