import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { imageNotFound } from '../../shared/image-reasons.ts';
import { imageIdOf, imageOf, param, textMember } from '../../shared/request-values.ts';
import { notActive } from '../images/own-image.ts';
import { presentStatus } from '../images/present.ts';
import {
  CHANGE_DENIED,
  codeReason,
  imsReason,
  listedImageId,
  NOT_PUBLISHED,
  noImage,
  PROJECT_REJECTED,
  TOKEN_UNSCOPED,
  thrownBy,
  WRONG_PROJECT,
} from '../reasons.ts';
import { unknownProject } from '../wire.ts';
import type { jobOperations } from './contract.ts';
import { CREATION, FILE_REJECTED, fileRejected, fileTooLarge, serverReasons } from './creation-reasons.ts';
import { DATA_DISK, hasData, SYSTEM_DISK } from './import-image.ts';
import { noJob } from './job.ts';
import { parseMinDisk } from './parse.ts';
import { notSharedWith } from './share-images.ts';

/** The image of the path has data already. */
const HAS_DATA: ProblemsByName = {
  'image-has-data': imsReason((request) => {
    const image = imageOf(request);
    const isEmpty = image === undefined || image.status === 'queued';
    return hasData(imageIdOf(request), isEmpty ? 'active' : presentStatus(image));
  }),
};

/** The image of the path has no data yet. */
const NOT_ACTIVE: ProblemsByName = {
  'image-not-active': imsReason((request) => {
    const image = imageOf(request);
    const isActive = image === undefined || image.status === 'active';
    return notActive(imageIdOf(request), isActive ? 'queued' : presentStatus(image));
  }),
};

const minDisk = (range: Parameters<typeof parseMinDisk>[1]): ProblemsByName => ({
  'min-disk-out-of-range': thrownBy(() => parseMinDisk({ min_disk: range.max + 1 }, range)),
});

/** The first project of a batch does not exist. */
const PROJECT_UNKNOWN: ProblemsByName = {
  'project-unknown': imsReason(({ call }) => unknownProject(textMember(call, 'project_id') ?? 'none')),
};

const projectOf = ({ call }: FaultRequest): string => textMember(call, 'project_id') ?? '';

const created = { 403: CHANGE_DENIED, 404: NOT_PUBLISHED };
const onImage = { 403: CHANGE_DENIED, 404: imageNotFound('show') };
const batch = { 403: CHANGE_DENIED, 404: noImage('show', listedImageId) };
const poll = { 403: PROJECT_REJECTED, 404: NOT_PUBLISHED };

const JOB_NOT_FOUND: ProblemsByName = {
  'job-not-found': imsReason((request) => noJob(param(request, 'job_id'))),
};

/** Reasons for the errors of the operations that start and poll jobs. */
export const jobProblems: NaturalProblemsOf<typeof jobOperations> = {
  createCloudImage: {
    ...created,
    400: { ...serverReasons('server-running'), ...CREATION, ...FILE_REJECTED, ...minDisk(SYSTEM_DISK) },
  },
  quickImport: { ...created, 400: { ...fileRejected('quick'), ...CREATION, ...fileTooLarge, ...minDisk(SYSTEM_DISK) } },
  createDataImage: { ...created, 400: { ...minDisk(DATA_DISK), ...CREATION, ...FILE_REJECTED } },
  createWholeImage: { ...created, 400: { ...serverReasons('server-status'), ...CREATION } },
  registerImage: { ...onImage, 400: { ...HAS_DATA, ...FILE_REJECTED, ...TOKEN_UNSCOPED } },
  exportImage: {
    ...onImage,
    400: {
      'image-public': codeReason('IMG.0077'),
      'file-exists': codeReason('IMG.0070'),
      'export-running': codeReason('IMG.0148'),
      ...NOT_ACTIVE,
      ...TOKEN_UNSCOPED,
    },
  },
  copyImage: {
    ...onImage,
    400: { 'not-accepted': codeReason('IMG.0196'), ...NOT_ACTIVE, ...CREATION },
  },
  copyImageCrossRegion: {
    ...onImage,
    400: {
      'same-region': codeReason('IMG.0142'),
      'too-many-copies': codeReason('IMG.0149'),
      'agency-missing': codeReason('IMG.0151'),
      ...NOT_ACTIVE,
      ...TOKEN_UNSCOPED,
    },
  },
  addMembersBatch: {
    ...batch,
    400: {
      'image-public': codeReason('IMG.0089'),
      'own-project': codeReason('IMG.0076'),
      'too-many-members': codeReason('IMG.0088'),
      ...TOKEN_UNSCOPED,
    },
  },
  updateMembersBatch: {
    ...batch,
    400: {
      'not-shared': imsReason((request) => notSharedWith(listedImageId(request), projectOf(request))),
      ...PROJECT_UNKNOWN,
      ...TOKEN_UNSCOPED,
    },
  },
  deleteMembersBatch: { ...batch, 400: { 'image-public': codeReason('IMG.0089'), ...TOKEN_UNSCOPED } },
  showJob: { ...poll, 400: { ...JOB_NOT_FOUND, ...WRONG_PROJECT } },
  showJobProgress: { ...poll, 400: { ...JOB_NOT_FOUND, ...TOKEN_UNSCOPED } },
};
