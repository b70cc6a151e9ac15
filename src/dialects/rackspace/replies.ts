import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Dialect } from '../dialect.ts';

/** The reply of a delete. The framework behind the service sends the media type of an empty page with it. */
export const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

/**
 * The headers that the front end (Repose) adds to every response of an API: the versions are those of the examples in the
 * guide of Cloud Servers.
 */
export const FRONT_END_HEADERS = { Server: 'Jetty(8.0.y.z-SNAPSHOT)', Via: '1.1 Repose (Repose/2.12)' } as const;

/** The challenge of a 401 of the front end: the address of the identity service, which Repose writes without quotes. */
export const challenge = (call: Pick<Call, 'link' | 'root'>): Readonly<Record<string, string>> => ({
  'WWW-Authenticate': `Keystone uri=${call.link(`${call.root}/identity`)}`,
});

/** Presents an error of an API. */
export type Fault = (status: number, message: string, headers?: Readonly<Record<string, string>>) => Reply;

const wrongMethod = (fault: Fault, methods: readonly string[]): Reply =>
  fault(405, 'The method is not offered here.', { Allow: methods.join(', ') });

type ServiceErrors = Required<
  Pick<Dialect, 'presentMalformed' | 'presentUnrouted' | 'presentWrongMethod' | 'presentFailure' | 'presentOversized'>
>;

/**
 * Creates the errors of a Rackspace API that do not depend on an operation.
 * @param identify - authenticates the caller: the front end does so before it checks path and method.
 * @param fault - presents an error of the API.
 */
export const serviceErrors = (identify: (call: Call, cloud: Cloud) => Caller | Reply, fault: Fault): ServiceErrors => ({
  presentMalformed: () => fault(400, 'The body is no JSON.'),
  presentUnrouted: ({ methods, call, cloud }) => {
    const caller = identify(call, cloud);
    if ('status' in caller) return caller;
    return methods.length === 0 ? fault(404, 'The resource could not be found.') : wrongMethod(fault, methods);
  },
  presentWrongMethod: (methods) => wrongMethod(fault, methods),
  presentFailure: () => fault(500, 'The service failed to complete the request.'),
  presentOversized: ({ maxBytes, maxValues }) =>
    fault(413, `A body may have ${maxValues === undefined ? `${maxBytes} bytes` : `${maxValues} values`}.`),
});
