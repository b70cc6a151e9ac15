import type { CommonProblem } from '../../domain/problem.ts';

/** Returns status and message of a problem for which an API has no message of its own. */
export function commonProblemMessage(problem: CommonProblem): { readonly status: number; readonly message: string } {
  switch (problem.kind) {
    case 'member-not-found':
      return {
        status: 404,
        message: `${problem.memberId} not found in the member list of the image ${problem.imageId}.`,
      };
    case 'member-exists':
      return { status: 409, message: `${problem.memberId} is already associated with image ${problem.imageId}.` };
    case 'not-shared':
      return { status: 403, message: 'Only shared images have members.' };
    case 'tag-not-found':
      return { status: 404, message: `The tag ${problem.tag} is not on the image ${problem.imageId}.` };
    case 'property-not-found':
      return { status: 404, message: `The image ${problem.imageId} has no property ${problem.key}.` };
    case 'task-not-found':
      return { status: 404, message: `No task found with ID ${problem.taskId}` };
    case 'store-not-found':
      return { status: 404, message: `Store for identifier ${problem.store} not found` };
    case 'import-rejected':
      return { status: 409, message: `The image ${problem.imageId} cannot be imported: ${problem.reason}.` };
    case 'store-rejected':
      return { status: 409, message: `The image ${problem.imageId} cannot leave ${problem.store}: ${problem.reason}.` };
    case 'not-cacheable':
      return { status: 400, message: `The image ${problem.imageId} has no data to cache.` };
    case 'location-rejected':
      return { status: 400, message: `The location of the image ${problem.imageId} was refused: ${problem.reason}.` };
    case 'server-not-found':
      return { status: 404, message: `Instance ${problem.serverId} could not be found.` };
    case 'server-busy':
      return {
        status: 409,
        message:
          problem.reason === 'locked'
            ? `Instance ${problem.serverId} is locked`
            : `Cannot '${problem.action}' instance ${problem.serverId} while it is in ${problem.reason === 'task' ? 'task_state' : 'vm_state'} ${problem.status}`,
      };
    default:
      return problem satisfies never;
  }
}
