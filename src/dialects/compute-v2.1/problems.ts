import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context } from '../dialect.ts';
import { escapeHtml, GLANCE_REASONS } from '../glance/errors.ts';
import { messageOfProblem } from '../glance/problems.ts';
import { faultObject } from '../nova/fault-object.ts';
import { commonProblemMessage } from '../shared/common-problems.ts';
import { choiceOf } from './profiles.ts';
import { fault, JSON_TYPE, NO_IMAGE, NOT_ALLOWED, presentServerError } from './protocol/errors.ts';
import { vmStateOf } from './servers/present.ts';

type ProblemOf<Kind extends Problem['kind']> = Extract<Problem, { readonly kind: Kind }>;

/** Presents a problem of one kind. */
type Present<Kind extends Problem['kind']> = (problem: ProblemOf<Kind>, call: Call, cloud: Cloud) => Reply;

const NO_DELETE = 'You are not allowed to delete the image.';

/** Problems that Nova reports itself; it passes on Glance's error for all others. */
const NOVA: { readonly [Kind in Problem['kind']]?: Present<Kind> } = {
  'image-not-found': ({ imageId }, _call, cloud) =>
    isForeign(imageId, cloud) ? fault(403, NOT_ALLOWED) : fault(404, NO_IMAGE),
  'image-protected': () => fault(403, NO_DELETE),
  'image-not-owned': ({ imageId }, call) =>
    fault(403, isForMetadata(call) ? `Not authorized for image ${imageId}.` : NO_DELETE),
  'property-not-found': () => fault(404, 'Invalid metadata key'),
  'image-busy': () =>
    faultObject({
      name: 'buildInProgress',
      status: 409,
      message: 'The image is still being saved.',
      headers: JSON_TYPE,
    }),
  'server-not-found': (problem) => fault(404, commonProblemMessage(problem).message),
  'server-busy': (problem) =>
    fault(409, commonProblemMessage({ ...problem, status: vmStateOf(problem.status) }).message),
  'image-in-use': (_problem, call) => presentServerError('glanceclient.exc.HTTPConflict', call),
  'image-exists': (_problem, call) => presentServerError('glanceclient.exc.HTTPConflict', call),
  'too-many': (_problem, call) => presentServerError('glanceclient.exc.HTTPOverLimit', call),
  'invalid-value': (problem, call) =>
    isForMetadata(call) ? presentServerError('nova.exception.ImageBadRequest', call) : glanceFault(problem),
  reserved: (problem) => glanceFault(problem, 'Access was denied to this resource.: '),
};

/** Presents a problem as an error of this API. */
export function presentProblem(problem: Problem, call: Call, { cloud }: Pick<Context, 'cloud'>): Reply {
  const present = NOVA[problem.kind] as ((problem: Problem, call: Call, cloud: Cloud) => Reply) | undefined;
  return present === undefined ? glanceFault(problem) : present(problem, call, cloud);
}

const isForMetadata = ({ path }: Pick<Call, 'path'>): boolean => /\/metadata(\/|$)/.test(path);

/** Whether an image exists that the caller cannot see, in a world that reports so. */
function isForeign(imageId: string, cloud: Cloud): boolean {
  const status = cloud.images.peek(imageId)?.status;
  return status !== undefined && status !== 'deleted' && choiceOf(cloud, 'foreign-image') === 'reference';
}

/** An error of Glance as Nova passes it on. */
function glanceFault(problem: Problem, prefix = ''): Reply {
  const [status, content] = messageOfProblem(problem);
  const message = typeof content === 'string' ? content : content.message;
  return fault(status, `HTTP ${status} ${GLANCE_REASONS[status]}: ${escapeHtml(prefix + message)}`);
}
