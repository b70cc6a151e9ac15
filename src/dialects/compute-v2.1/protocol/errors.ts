import { type Call, jsonReply, type Reply } from '../../../contract/contract.ts';
import { faultNames, faultObject } from '../../nova/fault-object.ts';
import { type ReleasedCall, releaseOf } from './releases.ts';

/** Name of the fault object of a status. */
export const faultNameOf = faultNames('computeFault');

/** The Content-Type of Nova's errors. */
export const JSON_TYPE = { 'Content-Type': 'application/json; charset=UTF-8' } as const;

/** Presents an error as a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject({ name: faultNameOf(status), status, message, headers: { ...JSON_TYPE, ...headers } });

/** Message of a 404 for an image that does not exist or that the caller cannot see. */
export const NO_IMAGE = 'Image not found.';
/** Message of a 404 for a resource that the microversion does not have. */
export const NO_RESOURCE = 'The resource could not be found.';

/** Message of a 403 by Nova's policies. */
export const NOT_ALLOWED = 'Policy does not allow this request to be performed.';
/** Message of a 400 for an item with another key than the path. */
export const KEY_MISMATCH = 'Request body and URI mismatch';

/** 400 for a project that does not exist. */
export const unknownProject = (projectId: string): Reply =>
  fault(400, `Project ID ${projectId} is not a valid project.`);

/** 403 for more metadata than an image may have. */
export const OVER_METADATA = fault(403, 'Image metadata limit exceeded');

/** 500 for an exception of Nova. @param pythonClass - class of the exception. */
export const presentServerError = (pythonClass: string, call: ReleasedCall): Reply =>
  fault(500, `Unexpected API Error. ${releaseOf(call).advice}\n<class '${pythonClass}'>`);

/** 401 of the token check in front of Nova. */
export const unauthorized = (call: Call): Reply =>
  jsonReply(
    401,
    {
      error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' },
    },
    { 'WWW-Authenticate': `Keystone uri="${call.link(`${call.root}/identity`)}"` },
  );
