import type { ProblemsByName } from '../../dialect.ts';
import { BODY_MALFORMED, BODY_UNEXPECTED, glanceReason } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { imageNotFound, notAllowed } from '../../shared/image-reasons.ts';
import { imageIdOf } from '../../shared/request-values.ts';
import { notAuthorized } from '../requests.ts';
import type { cacheOperations } from './contract.ts';
import { unknownTarget } from './handlers.ts';

const denied = (policy: string) => ({
  403: { 'not-authorized': glanceReason(() => notAuthorized(policy)) },
});

const NOT_CACHEABLE: ProblemsByName = {
  'image-not-active': (request) => ({ kind: 'not-cacheable', imageId: imageIdOf(request) }),
};

/** Reasons for the errors of the operations on the image cache. */
export const cacheProblems: NaturalProblemsOf<typeof cacheOperations> = {
  queryCache: { 400: BODY_UNEXPECTED, ...denied('cache_list') },
  queueCacheImage: {
    400: { ...NOT_CACHEABLE, ...BODY_UNEXPECTED },
    403: notAllowed('cache-image'),
    404: imageNotFound('part'),
  },
  deleteCacheImage: {
    400: { ...BODY_MALFORMED, ...BODY_UNEXPECTED },
    403: notAllowed('remove-cached-image'),
    404: imageNotFound('part'),
  },
  clearCache: {
    400: { 'target-unknown': glanceReason(unknownTarget), ...BODY_UNEXPECTED },
    ...denied('cache_delete'),
  },
  cleanCache: { 400: BODY_UNEXPECTED, ...denied('cache_clean') },
  pruneCache: { 400: BODY_UNEXPECTED, ...denied('cache_prune') },
};
