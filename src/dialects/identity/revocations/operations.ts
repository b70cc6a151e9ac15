import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import { toMicroseconds } from '../../../domain/clock.ts';
import { parseIsoTime } from '../parse-time.ts';
import { recordHandler } from '../records/handlers.ts';
import { authorize, type RecordRequest } from '../records/record-request.ts';
import { specialOperations } from '../records/special-operations.ts';
import { badRequest } from '../request-error.ts';
import { reply } from '../service-handler.ts';
import { REVOCATION_EVENTS_REPLY } from '../special-response-schemas.ts';

/** The operation on revocations. */
export const revocationOperations = specialOperations('OS-REVOKE', {
  listRevocationEvents: [
    { method: 'get', success: 200, errors: [400, 401, 403] },
    '/v3/OS-REVOKE/events',
    'List what has revoked tokens.',
    REVOCATION_EVENTS_REPLY,
  ],
});

/** Handlers of `revocationOperations`. */
export const revocationHandlers = { listRevocationEvents: recordHandler(listEvents) };

/** Lists what has revoked tokens, after a time. */
function listEvents(request: RecordRequest): Reply {
  const { call, records } = request;
  authorize(request, 'list_revoke_events', { policy: ['admin', 'service'] });
  const since = sinceOf(call.query);
  const events = records
    .all('revocation-event')
    .filter(({ revoked_at: time }) => time > since)
    .map(({ subject, revoked_at: time }): Json => {
      const text = toMicroseconds(time);
      return { ...subject, issued_before: text, revoked_at: text };
    });
  return reply(200, { events, links: { next: null, self: `${call.base}${call.path}`, previous: null } });
}

function sinceOf(query: URLSearchParams): number {
  const text = query.get('since');
  if (text === null || text === '') return Number.NEGATIVE_INFINITY;
  const time = parseIsoTime(text);
  return Number.isNaN(time) ? badRequest(`invalidate date format ${text}`) : time;
}
