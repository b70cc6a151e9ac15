import { jsonReply } from '../../contract/contract.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import { listContracts } from '../contracts.ts';
import { operation } from '../operation.ts';
import { AdminError } from '../problems.ts';
import { integer, listOf, responseBody, text } from '../schema-helpers.ts';

const CONTRACT: JsonSchema = responseBody({
  dialect: text('The API.'),
  operation: text('Operation id within the API.'),
  method: text('Upper case.'),
  path: text('Path template, including the mount.'),
  statuses: listOf(integer('A documented status.')),
});

/** Operations about the process rather than one world. The library has its own properties for these. */
export const processOperations = {
  index: operation({
    id: 'getIndex',
    method: 'get',
    path: '/',
    summary: 'Lists the operations of this API; browsers get the console',
    success: 200,
    statuses: [200],
    response: responseBody({
      name: { enum: ['sideglance'] },
      version: text('Version of the package.'),
      world: text('The world that this address controls.'),
      worlds: listOf(text('Name of a world.')),
      openapi: text('Address of the OpenAPI document.'),
      operations: listOf(
        responseBody({
          id: text('Operation id.'),
          method: text('Upper case.'),
          path: text('Path template, from the root of the server.'),
          summary: text('What it does.'),
          tag: text('Its group.'),
        }),
      ),
    }),
    call: () => ({}),
    run: (_input, { describeIndex }) => describeIndex(),
    reply: (index) => jsonReply(200, index, { Vary: 'Accept' }),
  }),
  health: operation({
    id: 'getHealth',
    method: 'get',
    path: '/health',
    summary: 'Returns 200 while the process runs',
    success: 200,
    statuses: [200],
    auth: 'none',
    response: responseBody({ status: { enum: ['ok'] } }),
    call: () => ({}),
    run: () => ({ status: 'ok' }),
  }),
  ready: operation({
    id: 'getReady',
    method: 'get',
    path: '/ready',
    summary: 'Returns 200 once fixtures and scenarios are loaded and every port listens, while changes can be saved',
    success: 200,
    statuses: [200, 503],
    auth: 'none',
    response: responseBody({ status: { enum: ['ready'] } }),
    call: () => ({}),
    run: (_input, { host }) => {
      if (!host.isReady()) throw new AdminError(503, 'Some ports do not listen yet.');
      const failure = host.worlds.storageFailure;
      if (failure !== undefined) throw failure;
      return { status: 'ready' };
    },
  }),
  contracts: operation({
    id: 'listContracts',
    method: 'get',
    path: '/contracts',
    summary: 'Lists every operation of the doubled APIs with its documented statuses',
    success: 200,
    statuses: [200],
    response: listOf(CONTRACT),
    call: () => ({}),
    run: (_input, { host }) => listContracts(host.contracts),
  }),
  openapi: operation({
    id: 'getOpenapi',
    method: 'get',
    path: '/openapi.json',
    summary: 'Returns this API as an OpenAPI 3.1 document',
    success: 200,
    statuses: [200],
    response: { type: 'object', description: 'This document.' },
    call: () => ({}),
    run: (_input, { describeApi }) => describeApi(),
  }),
};
