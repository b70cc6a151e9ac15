import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import { assertValid } from '../records/check-body.ts';
import { authorizeVerb, bodyOf, recordHandler, replyCreated } from '../records/handlers.ts';
import { recordOperation } from '../records/operations.ts';
import { pathId, type RecordRequest } from '../records/record-request.ts';
import { badRequest } from '../request-error.ts';
import { REGION_REPLY } from '../special-response-schemas.ts';
import { regions } from './resource.ts';

/** Operations on regions beyond those of every resource. */
export const regionOperations = {
  createRegionWithId: recordOperation({
    method: 'put',
    path: '/v3/regions/{region_id}',
    summary: 'Create a region with the id of the path.',
    success: 201,
    statuses: [201, 400, 401, 403, 409],
    response: REGION_REPLY,
    section: 'Regions',
  }),
};

/** Handlers of `regionOperations`. */
export const regionHandlers = { createRegionWithId: recordHandler(createRegionWithId) };

function createRegionWithId(request: RecordRequest): Reply {
  authorizeVerb(regions, request, 'create');
  const body = bodyOf(regions, request);
  assertValid(body, regions.schemas.create);
  return replyCreated(regions, withPathId(body as Json, pathId(request, regions.idParam)), request);
}

/** The body may repeat the id of the path. @throws RequestError 400. */
function withPathId(body: Json, id: string): Json {
  const { id: other } = body;
  if (typeof other === 'string' && other !== id) badRequest(`Conflicting region IDs specified: "${id}" != "${other}"`);
  return { ...body, id };
}
