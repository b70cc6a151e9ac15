import type { JsonSchema } from '../../contract/schema.ts';
import { CURSOR } from '../../journal/cursor.ts';
import { type HistoryQuery, readHistory, showRequestImage } from '../history.ts';
import { showNaturalResponse } from '../natural-response.ts';
import { operation } from '../operation.ts';
import { ENTRY, FILTER_PARAMETERS, MESSAGE } from '../request-schemas.ts';
import {
  ENTRY_VIEWS,
  exportHar,
  type FollowQuery,
  followRequests,
  listRequests,
  type RequestFilter,
  type RequestQuery,
  sendEvents,
  showRequest,
} from '../requests.ts';
import { dateTime, integer, LIMIT, listOf, requestBody, responseBody, text, textOrNull } from '../schema-helpers.ts';
import { VERDICT, VERIFICATION, type Verification, verifyRequests } from '../verify.ts';
import { IMAGE } from './images.ts';

const AFTER = {
  type: 'integer',
  minimum: 0,
  description: 'Only entries with a higher id (of all worlds: sequence number), the oldest first.',
};
const CURSOR_PARAMETER = {
  type: 'string',
  pattern: CURSOR,
  description: 'Only entries after this event id, or with a higher id (of all worlds: sequence number).',
};
const BEFORE = {
  type: 'integer',
  minimum: 1,
  description: 'Only entries with a lower id (of all worlds: sequence number).',
};
const VIEW = { enum: ENTRY_VIEWS, description: '`summary` omits headers and bodies, `headers` the content of bodies.' };
const MOMENT = {
  after: integer('Id of the last request that had ended before; 0 for none.'),
  time: { type: 'number', description: "Milliseconds since 1970, by the world's clock." },
};
const LABEL = requestBody({ label: { type: ['string', 'null'], minLength: 1, maxLength: 256 } }, ['label']);

/** Operations on the journal of a world. */
export const requestOperations = {
  /** Returns a page of matching requests, in chronological order. */
  list: operation({
    id: 'listRequests',
    method: 'get',
    path: '/requests',
    summary: 'Returns a page of matching requests, in chronological order',
    success: 200,
    statuses: [200, 400],
    query: {
      ...FILTER_PARAMETERS,
      after: AFTER,
      before: BEFORE,
      limit: LIMIT,
      view: VIEW,
    },
    response: responseBody({
      requests: listOf(ENTRY),
      recorded: integer('Requests since the world was created or its journal was cleared.'),
      dropped: integer('Requests that the full journal has dropped.'),
      unanswered: integer('Requests that have no response yet.'),
      next: { type: ['integer', 'null'], description: 'The value of `after` for the following page.' },
      previous: { type: ['integer', 'null'], description: 'The value of `before` for the preceding page.' },
    }),
    call: (query: RequestQuery = {}) => ({ query }),
    run: ({ query }, context) => listRequests(context, query),
  }),
  /** Returns the matching requests as an HTTP archive, HAR 1.2. */
  har: operation({
    id: 'exportRequests',
    method: 'get',
    path: '/requests/har',
    summary: 'Returns the matching requests as an HTTP archive, HAR 1.2',
    success: 200,
    statuses: [200, 400],
    query: FILTER_PARAMETERS,
    response: responseBody({ log: { type: 'object', description: 'The archive.' } }),
    call: (query: RequestFilter = {}) => ({ query }),
    run: ({ query }, context) => exportHar(context, query),
  }),
  /** Follows the journal: a stream of `JournalEvent` that ends when the world is dropped. Destroy it to stop. */
  follow: operation({
    id: 'followRequests',
    method: 'get',
    path: '/requests/stream',
    summary: 'Sends matching requests as server-sent events, from the one after `after` or Last-Event-ID',
    success: 200,
    statuses: [200, 400],
    query: { ...FILTER_PARAMETERS, after: CURSOR_PARAMETER, view: VIEW },
    lastEventId: 'after',
    produces: 'text/event-stream',
    response: { type: 'string', description: 'Events `request`, `update`, `dropped` and `cleared` with JSON data.' },
    call: (query: Omit<FollowQuery, 'view'> = {}): { readonly query: FollowQuery } => ({ query }),
    run: ({ query }, context) => followRequests(context, query),
    reply: sendEvents,
    result: ({ events }) => events,
  }),
  /** Returns one request. */
  show: operation({
    id: 'showRequest',
    method: 'get',
    path: '/requests/{id}',
    summary: 'Returns one request',
    success: 200,
    statuses: [200, 404],
    response: ENTRY,
    call: (id: number) => ({ params: { id: String(id) } }),
    run: ({ params }, { world }) => showRequest(world, params.id),
  }),
  /** Returns the states of the image that a request names or created, before and after the request. */
  image: operation({
    id: 'showRequestImage',
    method: 'get',
    path: '/requests/{id}/image',
    summary: 'Returns the image that a request names or created, as it was before and after the request',
    success: 200,
    statuses: [200, 404],
    response: responseBody({
      image: text('Id of the image.'),
      before: { anyOf: [IMAGE, { type: 'null' }], description: 'null: it did not exist.' },
      after: { anyOf: [IMAGE, { type: 'null' }], description: 'null: it did not exist.' },
    }),
    call: (id: number) => ({ params: { id: String(id) } }),
    run: ({ params }, { world }) => showRequestImage(world, params.id),
  }),
  /** Returns the response that a request would receive now if no rule fired: it runs on a copy of the world. */
  natural: operation({
    id: 'showNaturalResponse',
    method: 'get',
    path: '/requests/{id}/natural',
    summary: 'Returns the response that a request would receive now if no rule fired: it runs on a copy of the world',
    success: 200,
    statuses: [200, 404, 409],
    response: {
      ...MESSAGE,
      title: 'NaturalResponse',
      description: 'The response that a request would receive now.',
      required: ['status', 'time', 'headers'],
      properties: {
        status: integer('Its status.'),
        time: dateTime("When it was found out, by the world's clock."),
        ...(MESSAGE['properties'] as Readonly<Record<string, JsonSchema>>),
      },
    },
    call: (id: number) => ({ params: { id: String(id) } }),
    run: ({ params }, context) => showNaturalResponse(context, params.id),
  }),
  /** Returns what happened besides the requests: requests to the admin API that changed the world, and changes of images. */
  history: operation({
    id: 'listHistory',
    method: 'get',
    path: '/history',
    summary: 'Returns what happened to a world besides its requests: actions of the admin API and changes of images',
    success: 200,
    statuses: [200, 400],
    query: {
      since: {
        type: 'integer',
        minimum: 0,
        description: 'Only what happened after the request with this id had ended; from the beginning when omitted.',
      },
    },
    response: responseBody({
      actions: listOf(
        responseBody({ ...MOMENT, operation: text('Operation id, such as armFault.'), input: { type: 'object' } }),
      ),
      changes: listOf(
        responseBody({
          ...MOMENT,
          image: text('Id of the image.'),
          name: textOrNull('Its name.'),
          status: text('Its status after the change.'),
        }),
      ),
    }),
    call: (query: HistoryQuery = {}) => ({ query }),
    run: ({ query }, { world }) => readHistory(world, query),
  }),
  /** Checks whether the requests in the journal meet an expectation. */
  verify: operation({
    id: 'verifyRequests',
    method: 'post',
    path: '/verify',
    summary: 'Checks whether the requests in the journal meet an expectation',
    success: 200,
    statuses: [200, 400],
    request: VERIFICATION,
    response: VERDICT,
    call: (verification: Verification) => ({ body: verification }),
    run: ({ body }, { world, host }) => verifyRequests(world, body, host.known),
  }),
  /** Clears the journal. */
  clear: operation({
    id: 'clearRequests',
    method: 'delete',
    path: '/requests',
    summary: 'Clears the journal',
    success: 204,
    statuses: [204],
    call: () => ({}),
    run: (_input, { world }) => world.clearJournal(),
  }),
  /** Returns the label of the requests from now on. */
  label: operation({
    id: 'showLabel',
    method: 'get',
    path: '/label',
    summary: 'Returns the label that new requests get',
    success: 200,
    statuses: [200],
    response: responseBody({ label: textOrNull('null: no label.') }),
    call: () => ({}),
    run: (_input, { world }) => ({ label: world.journal.label ?? null }),
    result: ({ label }) => label,
  }),
  /** Labels the requests from now on, such as with the name of a test; `null` ends this. */
  setLabel: operation({
    id: 'setLabel',
    method: 'put',
    path: '/label',
    summary: 'Labels new requests, for example with the name of a test',
    success: 200,
    statuses: [200, 400],
    request: LABEL,
    response: responseBody({ label: textOrNull('null: no label.') }),
    call: (label: string | null) => ({ body: { label } }),
    run: ({ body }, { world }) => {
      world.journal.label = body.label ?? undefined;
      return body;
    },
    result: ({ label }) => label,
  }),
};
