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
