import { Readable } from 'node:stream';
import type { Reply } from '../contract/contract.ts';
import { tryRequest } from '../http/try-request.ts';
import type { EntryMessage } from '../journal/entry.ts';
import type { RecordedRequest } from '../journal/recorded.ts';
import { NO_BODY, type StoredBody } from '../journal/stored-body.ts';
import { toMessage } from '../journal/to-entry.ts';
import type { World } from '../world/world.ts';
import type { AdminContext } from './operation.ts';
import { AdminError } from './problems.ts';
import { noSuchRequest } from './requests.ts';

/** The response that a request would receive now if no rule fired. */
export interface NaturalResponse extends EntryMessage {
  readonly status: number;
  /** When it was found out, by the world's clock: ISO 8601. */
  readonly time: string;
}

/**
 * Returns the response that a request of the journal would receive now if no rule fired. Runs it on a copy of the world.
 * @throws AdminError 404 if the journal has no such request, and 409 for one that cannot be sent again.
 */
export async function showNaturalResponse({ world, host }: AdminContext, id: string): Promise<NaturalResponse> {
  const recorded = /^\d+$/.test(id) ? world.journal.entry(Number(id)) : undefined;
  if (recorded === undefined) throw noSuchRequest(world.journal, id);
  const { method, url, dialect, operation, requestHeaders } = recorded;
  const ref = operation === null ? undefined : host.routes.operation(operation);
  if (ref === undefined) throw cannot(`Request ${id} matches no operation.`);
  if (ref.operation.body === 'stream')
    throw cannot(`Request ${id} uploads image data, which the journal does not store.`);
  const body = bodyOf(recorded);
  const reply = await tryRequest({ method, url, dialect, headers: requestHeaders, body }, world, host.routes);
  if (reply === undefined) throw cannot(`Request ${id} matches no operation any more.`);
  return present(reply, world);
}

const cannot = (message: string): AdminError => new AdminError(409, message);

/** @throws AdminError 409 for a body that the journal has not stored as a whole. */
function bodyOf({ id, requestBody: { size, content } }: RecordedRequest): Buffer | undefined {
  if (size === 0) return undefined;
  const bytes = content === undefined ? undefined : Buffer.from(content);
  if (bytes?.length === size) return bytes;
  throw cannot(`The journal has not stored the whole body of request ${id}: --journal-bodies.`);
}

function present({ status, headers = {}, body }: Reply, world: World): NaturalResponse {
  const flat = Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap((each) => [name, each]));
  const stored = storedBody(body);
  const { showsSecrets } = world.journal.options;
  return { status, time: new Date(world.clock.now()).toISOString(), ...toMessage(flat, stored, showsSecrets) };
}

/** A body as the journal would store it; of image data, only that there is some. */
function storedBody(body: Reply['body']): StoredBody {
  if (body === undefined) return NO_BODY;
  if (body instanceof Readable) {
    body.destroy();
    return { ...NO_BODY, isArriving: true };
  }
  const bytes = Buffer.from(body);
  return { ...NO_BODY, size: bytes.length, content: bytes };
}
