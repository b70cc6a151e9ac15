import { wrapped } from '../schemas.ts';

const text = { type: 'string' } as const;

const server = {
  type: 'object',
  required: ['id', 'name', 'links'],
  properties: { id: text, name: text, links: { type: 'array', items: { type: 'object', required: ['rel', 'href'] } } },
} as const;

/** `{servers}`. */
export const SERVERS_REPLY = {
  type: 'object',
  required: ['servers'],
  properties: { servers: { type: 'array', items: server }, servers_links: { type: 'array' } },
  additionalProperties: false,
} as const;

/** `{server}`. */
export const SERVER_REPLY = wrapped('server', server);

/** `{server}` of a new server, or the reservation of several. */
export const CREATED_SERVER_REPLY = {
  oneOf: [
    wrapped('server', {
      type: 'object',
      required: ['id', 'links', 'OS-DCF:diskConfig', 'security_groups', 'adminPass'],
      properties: {
        id: text,
        links: server.properties.links,
        'OS-DCF:diskConfig': { type: 'string', enum: ['AUTO', 'MANUAL'] },
        security_groups: { type: 'array', items: { type: 'object', required: ['name'] } },
        adminPass: text,
      },
      additionalProperties: false,
    }),
    wrapped('reservation_id', text),
  ],
} as const;
