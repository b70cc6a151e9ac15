import type { NaturalProblems, ProblemsByStatus } from '../../dialect.ts';
import { keystoneError } from '../errors.ts';
import { policyDenied } from '../reasons.ts';
import { openRequest, pathId } from './record-request.ts';
import { actionOf, notFoundMessage, operationId, type Resource, type Verb, verbsOf } from './resource.ts';

/** Reasons for the errors of the operations of a resource, by id of the operation. */
export const problemsOf = (resource: Resource): NaturalProblems =>
  Object.fromEntries(verbsOf(resource).map((verb) => [operationId(resource, verb), verbProblems(resource, verb)]));

const verbProblems = (resource: Resource, verb: Verb): ProblemsByStatus => ({
  403: policyDenied(`identity:${actionOf(resource, verb)}`),
  ...(verb !== 'list' &&
    verb !== 'create' && {
      404: {
        [`${resource.one.replaceAll('_', '-')}-not-found`]: ({ call, context }) => {
          const request = openRequest(call, context);
          return keystoneError({
            status: 404,
            message: notFoundMessage(resource, pathId(request, resource.idParam), request),
            call,
          });
        },
      },
    }),
});
