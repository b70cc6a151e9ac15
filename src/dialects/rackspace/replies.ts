import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Dialect } from '../dialect.ts';

/** The reply of a delete. The framework behind the service sends the media type of an empty page with it. */
export const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

type ServiceErrors = Pick<Dialect, 'presentMalformed' | 'presentUnrouted' | 'presentFailure' | 'presentOversized'>;

/**
 * Creates the errors of a Rackspace API that do not depend on an operation.
 * @param identify - authenticates the caller: the front end does so before it checks path and method.
 * @param fault - presents an error of the API.
 */
export const serviceErrors = (
  identify: (call: Call, cloud: Cloud) => Caller | Reply,
  fault: (status: number, message: string, headers?: Readonly<Record<string, string>>) => Reply,
): ServiceErrors => ({
  presentMalformed: () => fault(400, 'The body is no JSON.'),
  presentUnrouted: ({ methods, call, cloud }) => {
    const caller = identify(call, cloud);
    if ('status' in caller) return caller;
    return methods.length === 0
      ? fault(404, 'The resource could not be found.')
      : fault(405, 'The method is not offered here.', { Allow: methods.join(', ') });
  },
  presentFailure: () => fault(500, 'The service failed to complete the request.'),
  presentOversized: ({ maxBytes }) => fault(413, `A body may have ${maxBytes} bytes.`),
});
