import type { Cloud } from '../../cloud.ts';
import type { Call, Operation, Reply } from '../../contract/contract.ts';
import { overLimit } from '../rackspace/over-limit.ts';
import { parseJson } from '../shared/json-body.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { choiceOf } from './profiles.ts';

/** A status that the references list for nearly every call, and why it is given. */
interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Reply['headers'];
}

/** Versions of the service that Accept may ask for. */
const VERSIONS: ReadonlySet<string> = new Set(['v2.0', 'v3']);

/**
 * What the references would have a call answered that the running service takes without a word; asked only in worlds that
 * chose so.
 */
export function referenceRefusal(call: Call, cloud: Cloud, { statuses }: Operation): Refusal | undefined {
  if (choiceOf(cloud, 'checks') === 'running') return undefined;
  return refusals(call, cloud).find(({ status }) => statuses.includes(status));
}

function refusals(call: Call, cloud: Cloud): readonly Refusal[] {
  const found: Refusal[] = [];
  if (!isDecodable(call.search)) found.push({ status: 400, message: 'The query cannot be decoded.' });
  if (call.body !== undefined) {
    const type = (call.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    if (type !== 'application/json') found.push({ status: 415, message: `A body of type ${type} is not understood.` });
    else if (!isJson(call.body)) found.push({ status: 400, message: 'The body is no JSON.' });
  }
  const accept = call.headers.accept ?? '*/*';
  const version = /application\/vnd\.openstack\.identity-(v[\d.]+)/.exec(accept)?.[1];
  if (version !== undefined && !VERSIONS.has(version)) {
    found.push({ status: 404, message: `There is no version ${version} here.` });
  }
  if (!/json|\*\/\*|application\/\*/.test(accept)) found.push({ status: 406, message: 'Answers are JSON alone.' });
  const token = tokenOf(call);
  const known = token === undefined ? undefined : cloud.identity.validToken(token);
  if (token !== undefined && known === undefined) {
    found.push({ status: 401, message: 'The request you have made requires authentication.' });
  }
  if (known?.scope.kind === 'unscoped') {
    found.push({ status: 403, message: 'You are not authorized to perform the requested action.' });
  }
  const service = call.headers['x-service-token'];
  const other = typeof service === 'string' ? cloud.identity.validToken(service) : undefined;
  if (other !== undefined && other.userId !== known?.userId) {
    found.push({ status: 409, message: 'The two tokens are those of different users.' });
  }
  const limit =
    known === undefined && token !== undefined
      ? undefined
      : overLimit(cloud, { projectId: known?.caller.projectId ?? '' });
  if (limit !== undefined) {
    const wait = limit.headers?.['Retry-After'];
    found.push({
      status: 413,
      message: 'Too many requests were made in a given amount of time.',
      ...(wait !== undefined && { headers: { 'Retry-After': wait } }),
    });
  }
  return found;
}

function isDecodable(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}

function isJson(body: Buffer): boolean {
  try {
    parseJson(body);
    return true;
  } catch {
    return false;
  }
}
