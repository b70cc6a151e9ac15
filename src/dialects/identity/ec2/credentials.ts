/** The EC2 credentials of users: access keys with secrets, which are credentials of the type `ec2`. */

import { isObject, type Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { parseBody } from '../body.ts';
import { ec2CredentialId } from '../credentials/resource.ts';
import { rejectDelegatedToken } from '../delegation.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { listReply } from '../records/list-reply.ts';
import { ADMIN, type Policy, SYSTEM_READ } from '../records/policy.ts';
import { apiBase } from '../records/present.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';
import { findSubjectToken } from '../subject-token.ts';

const OWN: Policy = [...ADMIN, 'owner'];
const READ: Policy = [...SYSTEM_READ, 'owner'];

/** The user of the path. @throws RequestError 404. */
function assertUser(request: RecordRequest): string {
  const id = pathId(request, 'user_id');
  if (!request.records.has('user', id)) notFound(`Could not find user: ${id}.`);
  return id;
}

/** Creates an EC2 credential for a project, in which the user need not have a role. */
export function createEc2Credential(request: RecordRequest): Reply {
  const { records, call, context } = request;
  authorizeForUser(request, 'ec2_create_credential');
  const userId = assertUser(request);
  const projectId = requestedProject(parseBody(call), request);
  const access = context.cloud.ids.nextHex('ec2 access key', userId, projectId);
  const secret = context.cloud.ids.uuid('ec2 secret', access).replaceAll('-', '');
  const credential = {
    id: ec2CredentialId(access),
    user_id: userId,
    project_id: projectId,
    type: 'ec2',
    // As Python writes JSON.
    blob: `{"access": "${access}", "secret": "${secret}", "trust_id": null}`,
  };
  records.put('credential', credential);
  return reply(201, { credential: presentEc2(credential, request) });
}

function authorizeForUser(request: RecordRequest, action: string): void {
  authorize(request, action, { policy: OWN, target: { userId: pathId(request, 'user_id') } });
  rejectDelegatedToken(request.context);
}

function requestedProject({ tenant_id: id = null }: Json, { records }: RecordRequest): string {
  const project = typeof id === 'string' ? findProject(records, id) : undefined;
  return project?.id ?? notFound(`Could not find project: ${typeof id === 'string' ? id : pythonRepr(id)}.`);
}

/** Lists the EC2 credentials of a user. */
export function listEc2Credentials(request: RecordRequest): Reply {
  findSubjectToken(request.call, request.context);
  authorizeForUser(request, 'ec2_list_credentials');
  const userId = assertUser(request);
  const own = request.records.by('credential', 'user', userId).filter(({ type }) => type === 'ec2');
  return listReply(
    'credentials',
    own.map((credential) => presentEc2(credential, request)),
    request,
  );
}

/** Returns the credential of the path, of whichever user, once the policy permits it. @throws RequestError 404. */
function requestedCredential(request: RecordRequest, action: string, policy: Policy): EntityRecord {
  const id = ec2CredentialId(pathId(request, 'credential_id'));
  const credential = request.records.get('credential', id) ?? notFound(`Could not find credential: ${id}.`);
  authorize(request, action, { policy, target: { userId: String(credential['user_id']) } });
  rejectDelegatedToken(request.context);
  assertUser(request);
  return credential;
}

/** Shows an EC2 credential. */
export function showEc2Credential(request: RecordRequest): Reply {
  const credential = requestedCredential(request, 'ec2_get_credential', READ);
  return reply(200, { credential: presentEc2(credential, request) });
}

/** Deletes an EC2 credential. */
export function deleteEc2Credential(request: RecordRequest): Reply {
  const { id } = requestedCredential(request, 'ec2_delete_credential', OWN);
  request.records.delete('credential', id);
  return NO_CONTENT;
}

/** The access key, secret and trust in the blob of an EC2 credential. */
export function ec2Parts({ blob }: EntityRecord): Json {
  const value: unknown = JSON.parse(String(blob));
  return isObject(value) ? value : {};
}

function presentEc2(credential: EntityRecord, request: RecordRequest): Json {
  const { access, secret = null, trust_id: trustId = null } = ec2Parts(credential);
  const userId = String(credential['user_id']);
  return {
    user_id: userId,
    tenant_id: credential['project_id'],
    access,
    secret,
    trust_id: trustId,
    links: { self: `${apiBase(request)}/users/${userId}/credentials/OS-EC2/${String(access)}` },
  };
}
