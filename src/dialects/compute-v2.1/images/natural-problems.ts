import type { FaultRequest } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { IMAGE_IN_USE, IMAGE_NOT_OWNED, IMAGE_PROTECTED, imageNotFound } from '../../shared/image-reasons.ts';
import { ABSENT_ID } from '../../shared/request-values.ts';
import { fault } from '../protocol/errors.ts';
import { POLICY_DENIED, VERSION_MALFORMED } from '../protocol/reasons.ts';
import type { imageOperations } from './contract.ts';
import { parseListRequest } from './parse.ts';

/** The error for a query that the list rejects. */
const queryRejected =
  (search: string) =>
  ({ call, context: { caller } }: FaultRequest) =>
    fault(400, String(parseListRequest(call, new URLSearchParams(search), caller)));

const markerOf = ({ call }: FaultRequest): string => call.query.get('marker') ?? ABSENT_ID;

const LIST = {
  400: {
    'limit-invalid': queryRejected('limit=many'),
    'marker-not-found': (request: FaultRequest) => ({ kind: 'marker-not-found' as const, marker: markerOf(request) }),
    ...VERSION_MALFORMED,
  },
  403: {
    'marker-not-visible': (request: FaultRequest) => ({
      kind: 'not-allowed' as const,
      action: 'use-marker',
      subject: markerOf(request),
    }),
    ...POLICY_DENIED,
  },
};

/** Reasons for the errors of the image proxy. */
export const imageProblems: NaturalProblemsOf<typeof imageOperations> = {
  listImages: LIST,
  listImagesDetail: LIST,
  showImage: { 400: VERSION_MALFORMED, 403: POLICY_DENIED, 404: imageNotFound('show') },
  deleteImage: {
    400: VERSION_MALFORMED,
    403: { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED },
    404: imageNotFound('delete'),
    500: IMAGE_IN_USE,
  },
};
