import { CERTIFICATE_KINDS, CERTIFICATES } from '../../base/certificate-kinds.ts';
import { jsonReply } from '../../contract/contract.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import { DURATION_PATTERN } from '../../input/duration.ts';
import { PORT_STATES } from '../../recording/ports.ts';
import { operation } from '../operation.ts';
import { changePort, type PortChange, presentPort } from '../ports.ts';
import { integer, listOf, requestBody, responseBody, text } from '../schema-helpers.ts';

const CERTIFICATE: JsonSchema = {
  enum: CERTIFICATE_KINDS,
  description: `The certificate that it presents. ${Object.entries(CERTIFICATES)
    .map(([kind, meaning]) => `${kind}: ${meaning}.`)
    .join(' ')}`,
};

const STATE: JsonSchema = {
  enum: PORT_STATES,
  description: 'What happens to new connections. refusing: nothing listens. resetting: they are accepted and reset.',
};

const PORT = responseBody({
  name: text('common, admin, or the API that has the port.'),
  port: integer('The port.'),
  state: STATE,
});

/** Operations on the ports of the process, which all worlds share. */
export const portOperations = {
  /** Lists the ports. */
  list: operation({
    id: 'listPorts',
    method: 'get',
    path: '/ports',
    summary: 'Lists the ports of the process, with what they do to new connections',
    success: 200,
    statuses: [200],
    response: responseBody({ ports: listOf(PORT) }),
    call: () => ({}),
    run: (_input, { host }) => ({ ports: host.ports().map(presentPort) }),
    result: ({ ports }) => ports,
  }),
  /** Makes a port refuse or reset connections, opens it, or changes its certificate. */
  change: operation({
    id: 'changePort',
    method: 'put',
    path: '/ports/{name}',
    summary: 'Makes a port refuse or reset connections, opens it again, or changes its certificate',
    success: 200,
    statuses: [200, 400, 404],
    request: {
      ...requestBody({
        state: STATE,
        for: {
          type: ['number', 'string'],
          exclusiveMinimum: 0,
          maximum: 86_400,
          pattern: DURATION_PATTERN,
          description:
            'How long, by the clock of the machine: seconds, or text such as 5s. Default: until it is opened.',
        },
        connections: {
          type: 'integer',
          minimum: 1,
          maximum: 1_000_000,
          description: 'How many connections are reset before the port opens. Default: all.',
        },
        certificate: CERTIFICATE,
      }),
      minProperties: 1,
    },
    response: PORT,
    // The operation may close the port that the request came through.
    reply: (view) => jsonReply(200, view, { Connection: 'close' }),
    call: (name: string, change: PortChange) => ({ params: { name }, body: change }),
    run: ({ params, body }, { host }) => changePort(host.ports(), params.name, body),
  }),
};
