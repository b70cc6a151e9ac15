import type { FaultRequest, NaturalProblem, ProblemsByName } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { rejectedBody, wrongRequest } from '../shared/body-reasons.ts';
import { IMAGE_NOT_OWNED, imageNotFound } from '../shared/image-reasons.ts';
import { ABSENT_ID, imageIdOf, imageOf, param, textMember } from '../shared/request-values.ts';
import type { cloudImageOperations } from './cloud-images/contract.ts';
import { presentStatus } from './images/present.ts';
import type { jobOperations } from './jobs/contract.ts';
import { runningServer } from './jobs/create-from-server.ts';
import { unsuitableServer } from './jobs/create-whole-image.ts';
import { hasData } from './jobs/import-image.ts';
import { noJob } from './jobs/job.ts';
import { notSharedWith } from './jobs/share-images.ts';
import { wrongFormat } from './jobs/source-file.ts';
import type { osVersionOperations } from './os-versions/contract.ts';
import { CHANGE_DENIED, codeReason, firstIn, imsReason, NOT_PUBLISHED, PROJECT_REJECTED } from './reasons.ts';
import type { tagOperations } from './tags/contract.ts';
import { otherProject, unscopedToken } from './wire.ts';

const RENAME_BADLY = [{ op: 'replace', path: '/name', value: ' spaced ' }];

const OTHER_PROJECT: ProblemsByName = {
  'other-project': imsReason((request) => otherProject(param(request, 'project_id'))),
};

const UNSCOPED: ProblemsByName = { 'token-unscoped': imsReason(unscopedToken) };

/** Reasons for the errors of the IMS operations on images. */
export const cloudImageProblems: NaturalProblemsOf<typeof cloudImageOperations> = {
  listCloudImages: {
    400: { 'limit-not-integer': wrongRequest({ search: 'limit=many' }), ...UNSCOPED },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
  updateCloudImage: {
    400: { 'name-invalid': wrongRequest({ body: RENAME_BADLY }), ...UNSCOPED },
    403: CHANGE_DENIED,
    404: imageNotFound('change'),
  },
  showQuota: { 400: { ...UNSCOPED, ...OTHER_PROJECT }, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED },
};

/** Reasons for the errors of the operation that lists operating systems. */
export const osVersionProblems: NaturalProblemsOf<typeof osVersionOperations> = {
  listOsVersions: {
    400: { 'tag-unknown': wrongRequest({ search: 'tag=quantum' }), ...UNSCOPED },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
};

const TAG = { key: 'stage', value: 'test' };

const TAG_NOT_FOUND: ProblemsByName = {
  'tag-not-found': (request) => ({ kind: 'tag-not-found', imageId: imageIdOf(request), tag: param(request, 'key') }),
};

/** The image of the body does not exist. */
const bodyImageNotFound: ProblemsByName = {
  'image-not-found': (request) => ({
    kind: 'image-not-found',
    imageId: textMember(request.call, 'image_id') ?? ABSENT_ID,
    purpose: 'change',
  }),
};

/** Reasons for the errors of the IMS operations on tags. */
export const tagProblems: NaturalProblemsOf<Omit<typeof tagOperations, 'addImageTag' | 'deleteImageTag'>> = {
  putTag: {
    400: { 'tag-invalid': wrongRequest({ body: { image_id: ABSENT_ID, tag: 'no good' } }), ...UNSCOPED },
    403: CHANGE_DENIED,
    404: bodyImageNotFound,
  },
  listTags: {
    400: { 'page-invalid': wrongRequest({ search: 'page=0' }), ...UNSCOPED },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
  addKeyValueTag: {
    400: { 'key-too-long': wrongRequest({ body: { tag: { key: 'x'.repeat(37), value: '' } } }), ...OTHER_PROJECT },
    403: CHANGE_DENIED,
    404: imageNotFound('change'),
  },
  batchTags: {
    400: { 'action-unknown': rejectedBody({ action: 'Create', tags: [TAG] }), ...OTHER_PROJECT },
    403: CHANGE_DENIED,
    404: imageNotFound('change'),
  },
  deleteKeyValueTag: {
    400: { 'key-too-long': wrongRequest({ params: { key: 'x'.repeat(128) } }), ...OTHER_PROJECT },
    403: CHANGE_DENIED,
    404: { ...TAG_NOT_FOUND, ...imageNotFound('change') },
  },
  listKeyValueTags: {
    400: { 'project-unknown': wrongRequest({ params: { project_id: 'another' } }), ...OTHER_PROJECT },
    403: PROJECT_REJECTED,
    404: imageNotFound('show'),
  },
  listAllTags: { 400: OTHER_PROJECT, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED },
  queryByTags: {
    400: { 'limit-out-of-range': wrongRequest({ body: { action: 'filter', limit: '1001' } }), ...OTHER_PROJECT },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
};

/** The name of the file in the body. */
const fileOf = (request: FaultRequest): string =>
  (textMember(request.call, 'image_url') ?? 'bucket:file').replace(/^[^:]*:/, '');

const serverReason = (error: typeof runningServer, status: string): NaturalProblem =>
  imsReason(({ call }) => error(textMember(call, 'instance_id') ?? ABSENT_ID, status));

/** The first image of the body does not exist. */
const listedImageNotFound: ProblemsByName = {
  'image-not-found': (request) => ({
    kind: 'image-not-found',
    imageId: firstIn(request, 'images') || ABSENT_ID,
    purpose: 'show',
  }),
};

const start = (...reasons: readonly ProblemsByName[]) => ({
  400: Object.assign({}, ...reasons) as ProblemsByName,
  403: CHANGE_DENIED,
  404: NOT_PUBLISHED,
});

const onImage = (...reasons: readonly ProblemsByName[]) => ({ ...start(...reasons), 404: imageNotFound('show') });

const PUBLIC_IMAGE: ProblemsByName = { 'image-public': codeReason('IMG.0089') };
const OVER_IMAGE_QUOTA: ProblemsByName = { 'too-many-images': codeReason('IMG.0015') };
const NO_JOB: ProblemsByName = { 'job-not-found': imsReason((request) => noJob(param(request, 'job_id'))) };

const QUICK_FORMATS = ['raw', 'zvhd2'];

/** Reasons for the errors of the operations that start jobs and of those that poll them. */
export const jobProblems: NaturalProblemsOf<typeof jobOperations> = {
  createCloudImage: start({ 'server-running': serverReason(runningServer, 'ACTIVE') }, OVER_IMAGE_QUOTA),
  quickImport: start(
    { 'format-unsupported': imsReason((request) => wrongFormat(fileOf(request), QUICK_FORMATS)) },
    OVER_IMAGE_QUOTA,
  ),
  createDataImage: start(
    {
      'min-disk-out-of-range': wrongRequest({
        body: { name: 'created', image_url: 'images:data.qcow2', min_disk: 39 },
      }),
    },
    OVER_IMAGE_QUOTA,
  ),
  createWholeImage: start({ 'server-status': serverReason(unsuitableServer, 'BUILD') }, OVER_IMAGE_QUOTA),
  registerImage: onImage({
    'image-has-data': imsReason((request) => {
      const image = imageOf(request);
      return hasData(imageIdOf(request), image === undefined ? 'active' : presentStatus(image));
    }),
  }),
  exportImage: onImage({ 'image-public': codeReason('IMG.0077') }, IMAGE_NOT_OWNED),
  copyImage: onImage({ 'not-accepted': codeReason('IMG.0196') }, OVER_IMAGE_QUOTA),
  copyImageCrossRegion: onImage({ 'same-region': codeReason('IMG.0142'), 'too-large': codeReason('IMG.0146') }),
  addMembersBatch: { ...start(PUBLIC_IMAGE, { 'own-project': codeReason('IMG.0076') }), 404: listedImageNotFound },
  updateMembersBatch: {
    ...start({
      'not-shared': imsReason((request) =>
        notSharedWith(firstIn(request, 'images'), textMember(request.call, 'project_id') ?? ''),
      ),
    }),
    404: listedImageNotFound,
  },
  deleteMembersBatch: { ...start(PUBLIC_IMAGE), 404: listedImageNotFound },
  showJob: { 400: NO_JOB, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED },
  showJobProgress: { 400: NO_JOB, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED },
};
