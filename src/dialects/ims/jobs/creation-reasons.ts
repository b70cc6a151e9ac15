/** Reasons for which a job that creates an image is rejected, for the table of natural problems. */
import type { FaultRequest, NaturalProblem, ProblemsByName } from '../../dialect.ts';
import { ABSENT_ID, bodyMember, textMember } from '../../shared/request-values.ts';
import { checkName } from '../cloud-images/attributes.ts';
import { codeReason, imsReason, TOKEN_UNSCOPED, thrownBy } from '../reasons.ts';
import { busyServer, runningServer, unknownServer } from './create-from-server.ts';
import { unsuitableServer } from './create-whole-image.ts';
import { nameInUse } from './parse.ts';
import {
  type FileAddress,
  type ImportKind,
  missingFile,
  parseAddress,
  tooSmallDisk,
  wrongFormat,
} from './source-file.ts';

/** Reasons of all jobs that create an image. */
export const CREATION: ProblemsByName = {
  'name-missing': thrownBy(() => checkName('')),
  'name-in-use': imsReason(({ call }) => nameInUse(textMember(call, 'name') ?? 'image')),
  'too-many-images': codeReason('IMG.0015'),
  'too-many-tasks': codeReason('IMG.0060'),
  ...TOKEN_UNSCOPED,
};

/** The file that the body names; a made-up one if it names none. */
function fileOf({ call }: FaultRequest): FileAddress {
  try {
    return parseAddress(textMember(call, 'image_url'), 'image_url');
  } catch {
    return { container: 'images', name: 'file' };
  }
}

const minDiskOf = ({ call }: FaultRequest): number => {
  const value = bodyMember(call, 'min_disk');
  return typeof value === 'number' ? value : 1;
};

/** The file of the body is missing or in a format that the import does not accept. */
export const fileRejected = (kind: ImportKind): ProblemsByName => ({
  'format-unsupported': imsReason((request) => wrongFormat(fileOf(request).name, kind)),
  'file-missing': imsReason((request) => missingFile(fileOf(request))),
});

/** The file of the body is larger than its disk. */
export const fileTooLarge: ProblemsByName = {
  'disk-too-small': imsReason((request) => tooSmallDisk(minDiskOf(request), fileOf(request).name)),
};

/** The file of the body is missing, in a wrong format, or too large. */
export const FILE_REJECTED: ProblemsByName = { ...fileRejected('disk'), ...fileTooLarge };

/** The id of the server in the body. */
const serverIdOf = ({ call }: FaultRequest): string => textMember(call, 'instance_id') ?? ABSENT_ID;

/** The error for the status of the server in the body; `other` replaces a status that the job allows. */
const serverReason = (error: typeof runningServer, allowed: readonly string[], other: string): NaturalProblem =>
  imsReason((request) => {
    const id = serverIdOf(request);
    const status = request.context.cloud.servers.peek(id)?.status ?? other;
    return error(id, allowed.includes(status) ? other : status);
  });

/** Reasons about the status of a server. */
const STATUS_REASONS = {
  'server-running': serverReason(runningServer, ['SHUTOFF'], 'ACTIVE'),
  'server-status': serverReason(unsuitableServer, ['ACTIVE', 'SHUTOFF'], 'BUILD'),
} satisfies Readonly<Record<string, NaturalProblem>>;

/** Reasons for which a job cannot create an image of the server in the body. */
export const serverReasons = (status: keyof typeof STATUS_REASONS): ProblemsByName => ({
  [status]: STATUS_REASONS[status],
  'server-not-found': imsReason((request) => unknownServer(serverIdOf(request))),
  'server-busy': imsReason((request) => {
    const id = serverIdOf(request);
    return busyServer(id, request.context.cloud.servers.peek(id)?.taskState ?? 'image_uploading');
  }),
});
