import type { IncomingMessage } from 'node:http';
import { adminRequest, type JournalEvent, type RequestFilter, type RequestView } from '../index.ts';
import { type AdminTarget, assertSuccess, CommandError, openAdmin } from './client.ts';

/** Which requests are followed, and what happens to them. */
export interface FollowRequests {
  readonly query: RequestFilter & { readonly after?: string | number };
  /** Called with each request once its response has been sent. */
  readonly onRequest: (request: RequestView) => void;
  /** Resolves when the user has seen enough. */
  stopped(): Promise<void>;
}

/**
 * Follows the journal of a server until the user stops, or the world is dropped.
 * @throws CommandError when the server refuses, or goes away.
 */
export async function followRequests(target: AdminTarget, options: FollowRequests): Promise<void> {
  const { query, onRequest } = options;
  const response = await openAdmin(target, adminRequest('followRequests', { query }));
  await assertSuccess(response, target);
  let isStopped = false;
  void options.stopped().then(() => {
    isStopped = true;
    response.destroy();
  });
  try {
    // A request that is still being answered comes again when its response has been sent.
    for await (const event of eventsOf(response)) {
      const isOver =
        'entry' in event && event.entry.outcome !== 'pending' && event.entry.request.body?.arriving !== true;
      if (isOver) onRequest(event.entry);
    }
  } catch (error) {
    if (!isStopped) throw new CommandError(`${target.url} has closed the connection: ${(error as Error).message}`);
  }
}

/** Reads server-sent events. */
async function* eventsOf(response: IncomingMessage): AsyncGenerator<JournalEvent> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const part of response) {
    const blocks = (rest + (part as string)).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event !== undefined) yield event;
    }
  }
}

/** Parses one event; `undefined` for a comment. */
function parseEvent(block: string): JournalEvent | undefined {
  const fields = block.split('\n').map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
  });
  const field = (name: string): string =>
    fields
      .filter(([given]) => given === name)
      .map(([, value]) => value)
      .join('\n');
  const type = field('event');
  if (type !== 'request' && type !== 'update') return undefined;
  return { type, entry: JSON.parse(field('data')), cursor: field('id') };
}
