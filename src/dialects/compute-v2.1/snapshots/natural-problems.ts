import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { rejectedBody } from '../../shared/body-reasons.ts';
import { SERVER_NOT_FOUND, serverBusy } from '../../shared/server-reasons.ts';
import { MEDIA_TYPE, TOO_MUCH_METADATA, VERSION_MALFORMED } from '../protocol/reasons.ts';
import type { snapshotOperations } from './contract.ts';

/** Reasons for the errors of images of servers. */
export const snapshotProblems: NaturalProblemsOf<typeof snapshotOperations> = {
  createServerImage: {
    400: { 'name-empty': rejectedBody({ createImage: { name: '' } }), ...VERSION_MALFORMED },
    403: TOO_MUCH_METADATA,
    404: SERVER_NOT_FOUND,
    409: { ...serverBusy('createImage', 'status', 'BUILD'), ...serverBusy('createImage', 'task', 'image_uploading') },
    415: MEDIA_TYPE,
  },
};
