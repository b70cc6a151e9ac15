import type { ImportObstacle, Problem } from '../../../domain/problem.ts';
import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import {
  BODY_MALFORMED,
  BODY_UNEXPECTED,
  glanceReason,
  MEDIA_TYPE,
  PATH_NOT_FOUND,
  thrownBy,
} from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import {
  IMAGE_GONE,
  IMAGE_NOT_OWNED,
  imageNotFound,
  notAllowed,
  overProjectQuota,
  wrongStatus,
} from '../../shared/image-reasons.ts';
import { bodyMember, imageIdOf, param, withJson } from '../../shared/request-values.ts';
import { withoutStores } from '../requests.ts';
import type { importOperations } from './contract.ts';
import { parseImport, parseLocation, unknownMethod } from './handlers.ts';

/** Something prevents the import; `subject` names the store, address or attribute. */
const rejected = (reason: ImportObstacle, subject?: (request: FaultRequest) => string): ProblemsByName => ({
  [reason]: (request) => ({
    kind: 'import-rejected',
    imageId: imageIdOf(request),
    reason,
    ...(subject !== undefined && { subject: subject(request) }),
  }),
});

/** The name of the import method in the body. */
function methodOf({ call }: FaultRequest): string {
  const method = bodyMember(call, 'method');
  const name = typeof method === 'object' && method !== null && 'name' in method ? method.name : undefined;
  return typeof name === 'string' ? name : 'none';
}

/** The first store of the body. */
function storeOf({ call }: FaultRequest): string {
  const stores = bodyMember(call, 'stores');
  return String((Array.isArray(stores) ? stores[0] : undefined) ?? 'none');
}

function addressOf({ call }: FaultRequest): string {
  const method = bodyMember(call, 'method');
  const uri = typeof method === 'object' && method !== null && 'uri' in method ? method.uri : undefined;
  return typeof uri === 'string' ? uri : 'None';
}

const COPY_DENIED: ProblemsByName = {
  'not-authorized': (request) => ({ kind: 'not-allowed', action: 'copy-image', subject: imageIdOf(request) }),
};

type StoreObstacle = Extract<Problem, { readonly kind: 'store-rejected' }>['reason'];

/** The data cannot be removed from the store of the path. */
const storeRejected = (reason: StoreObstacle): ProblemsByName => ({
  [reason]: (request) => ({
    kind: 'store-rejected',
    imageId: imageIdOf(request),
    store: param(request, 'store_id'),
    reason,
  }),
});

type LocationObstacle = Extract<Problem, { readonly kind: 'location-rejected' }>['reason'];

const locationRejected = (name: string, reason: LocationObstacle): ProblemsByName => ({
  [name]: (request) => ({ kind: 'location-rejected', imageId: imageIdOf(request), reason }),
});

/** Reasons for the errors of the operations that import images, remove them from stores, and add locations. */
export const importProblems: NaturalProblemsOf<typeof importOperations> = {
  importImage: {
    400: {
      'method-unknown': glanceReason((request) => unknownMethod(methodOf(request))),
      'method-missing': thrownBy(({ call }) => parseImport(withJson(call, {}))),
      ...rejected('address', addressOf),
      ...rejected('stores-and-all-stores'),
      ...rejected('already-there', storeOf),
      ...BODY_MALFORMED,
    },
    403: { ...IMAGE_NOT_OWNED, ...COPY_DENIED },
    404: imageNotFound('show'),
    409: {
      ...rejected('not-staged'),
      ...rejected('already-active'),
      ...rejected('not-queued'),
      ...rejected('not-active'),
      ...rejected('format-missing', () => 'containerFormat'),
      ...rejected('unknown-store', storeOf),
      ...rejected('other-task'),
    },
    410: IMAGE_GONE,
    413: { ...overProjectQuota('project-over-quota', 'MiB'), ...overProjectQuota('too-many-uploads', 'uploads') },
    415: MEDIA_TYPE,
  },
  showImageTasks: { 400: BODY_UNEXPECTED, 404: PATH_NOT_FOUND },
  deleteImageFromStore: {
    400: BODY_UNEXPECTED,
    403: { ...storeRejected('only-copy'), ...IMAGE_NOT_OWNED },
    404: { ...imageNotFound('store'), ...storeRejected('not-there'), 'without-stores': glanceReason(withoutStores) },
    409: { ...storeRejected('unknown-store'), ...storeRejected('not-active') },
  },
  addImageLocation: {
    400: {
      ...locationRejected('address', 'address'),
      ...locationRejected('hash', 'hash'),
      ...locationRejected('unreadable', 'unreadable'),
      'url-missing': thrownBy(({ call }) => parseLocation(withJson(call, {}))),
    },
    403: notAllowed('add-location'),
    404: imageNotFound('show'),
    409: wrongStatus('active', 'active'),
  },
  listImageLocations: {
    400: BODY_UNEXPECTED,
    403: notAllowed('list-locations'),
    404: imageNotFound('show'),
  },
};
