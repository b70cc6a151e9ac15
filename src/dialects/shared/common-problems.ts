import type { CommonProblem, Problem } from '../../domain/problem.ts';

/** Status and message of a problem. */
export interface ProblemMessage {
  readonly status: number;
  readonly message: string;
}

type ProblemOf<Kind extends CommonProblem['kind']> = Extract<Problem, { readonly kind: Kind }>;

const MESSAGES: { readonly [Kind in CommonProblem['kind']]: (problem: ProblemOf<Kind>) => ProblemMessage } = {
  'member-not-found': ({ memberId, imageId }) => ({
    status: 404,
    message: `${memberId} not found in the member list of the image ${imageId}.`,
  }),
  'member-exists': ({ memberId, imageId }) => ({
    status: 409,
    message: `${memberId} is already associated with image ${imageId}.`,
  }),
  'not-shared': () => ({ status: 403, message: 'Only shared images have members.' }),
  'tag-not-found': ({ tag, imageId }) => ({ status: 404, message: `The tag ${tag} is not on the image ${imageId}.` }),
  'property-not-found': ({ imageId, key }) => ({
    status: 404,
    message: `The image ${imageId} has no property ${key}.`,
  }),
  'task-not-found': ({ taskId }) => ({ status: 404, message: `No task found with ID ${taskId}` }),
  'store-not-found': ({ store }) => ({ status: 404, message: `Store for identifier ${store} not found` }),
  'import-rejected': ({ imageId, reason }) => ({
    status: 409,
    message: `The image ${imageId} cannot be imported: ${reason}.`,
  }),
  'store-rejected': ({ imageId, store, reason }) => ({
    status: 409,
    message: `The image ${imageId} cannot leave ${store}: ${reason}.`,
  }),
  'not-cacheable': ({ imageId }) => ({ status: 400, message: `The image ${imageId} has no data to cache.` }),
  'location-rejected': ({ imageId, reason }) => ({
    status: 400,
    message: `The location of the image ${imageId} was refused: ${reason}.`,
  }),
  'server-not-found': ({ serverId }) => ({ status: 404, message: `Instance ${serverId} could not be found.` }),
  'server-busy': (problem) => ({ status: 409, message: serverBusyMessage(problem) }),
  'storage-full': () => ({ status: 503, message: 'The service is currently unable to store data.' }),
};

function serverBusyMessage({ serverId, action, reason, status }: ProblemOf<'server-busy'>): string {
  if (reason === 'locked') return `Instance ${serverId} is locked`;
  const state = reason === 'task' ? 'task_state' : 'vm_state';
  return `Cannot '${action}' instance ${serverId} while it is in ${state} ${status}`;
}

/** Returns status and message of a problem for which an API has no message of its own. */
export const commonProblemMessage = (problem: CommonProblem): ProblemMessage =>
  (MESSAGES[problem.kind] as (problem: CommonProblem) => ProblemMessage)(problem);
