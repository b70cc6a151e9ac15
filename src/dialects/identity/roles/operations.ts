import type { RoleRecord } from '../../../identity/records/record.ts';
import type { SampleReply } from '../../shared/sample-replies.ts';
import { recordHandler } from '../records/handlers.ts';
import { recordOperation } from '../records/operations.ts';
import { reply } from '../service-handler.ts';
import { IMPLIED_ROLES_REPLY, ROLE_INFERENCE_REPLY, ROLE_INFERENCES_REPLY } from '../special-response-schemas.ts';
import {
  createImpliedRole,
  deleteImpliedRole,
  listImpliedRoles,
  listRoleInferences,
  presentRoleLink,
  showImpliedRole,
} from './implied-roles.ts';

const IMPLIES_PATH = '/v3/roles/{prior_role_id}/implies';
const IMPLIED_PATH = `${IMPLIES_PATH}/{implies_role_id}`;
const ERRORS = [401, 403, 404];
const section = 'Roles';

/** The operations on implied roles. */
export const impliedRoleOperations = {
  listImpliedRoles: recordOperation({
    method: 'get',
    path: IMPLIES_PATH,
    summary: 'List the roles that a role implies.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: IMPLIED_ROLES_REPLY,
    section,
  }),
  createImpliedRole: recordOperation({
    method: 'put',
    path: IMPLIED_PATH,
    summary: 'Let a role imply another one.',
    success: 201,
    statuses: [201, ...ERRORS, 409],
    response: ROLE_INFERENCE_REPLY,
    section,
  }),
  showImpliedRole: {
    ...recordOperation({
      method: 'get',
      path: IMPLIED_PATH,
      summary: 'Show that a role implies another one.',
      success: 200,
      statuses: [200, ...ERRORS],
      response: ROLE_INFERENCE_REPLY,
      section,
    }),
    // HEAD returns 204.
    alsoSeen: [204, 400, 500],
  },
  deleteImpliedRole: recordOperation({
    method: 'delete',
    path: IMPLIED_PATH,
    summary: 'Let a role no longer imply another one.',
    success: 204,
    statuses: [204, ...ERRORS],
    section,
  }),
  listRoleInferences: recordOperation({
    method: 'get',
    path: '/v3/role_inferences',
    summary: 'List all roles that imply others.',
    success: 200,
    statuses: [200, 401, 403],
    response: ROLE_INFERENCES_REPLY,
    section,
  }),
};

/** Handlers of `impliedRoleOperations`. */
export const impliedRoleHandlers = {
  listImpliedRoles: recordHandler(listImpliedRoles),
  createImpliedRole: recordHandler(createImpliedRole),
  showImpliedRole: recordHandler(showImpliedRole),
  deleteImpliedRole: recordHandler(deleteImpliedRole),
  listRoleInferences: recordHandler(listRoleInferences),
};

/** A sample reply of an operation, from two roles as inferences show them. */
const sampleOf =
  (build: (prior: object, implied: object) => object): SampleReply =>
  ({ call, context: { cloud }, status }) => {
    const role = (name: string): object => {
      const record: RoleRecord = {
        id: cloud.ids.uuid('sample', name),
        name,
        domain_id: null,
        description: null,
        options: {},
      };
      return presentRoleLink(record, `${call.base}/v3`);
    };
    return reply(status, build(role('prior'), role('implied')));
  };

const oneSample = sampleOf((prior_role, implies) => ({ role_inference: { prior_role, implies }, links: {} }));

/** Sample replies of `impliedRoleOperations`. */
export const impliedRoleSamples: Readonly<Record<string, SampleReply>> = {
  listImpliedRoles: sampleOf((prior_role, implied) => ({
    role_inference: { prior_role, implies: [implied] },
    links: {},
  })),
  createImpliedRole: oneSample,
  showImpliedRole: oneSample,
  listRoleInferences: sampleOf((prior_role, implied) => ({ role_inferences: [{ prior_role, implies: [implied] }] })),
};
