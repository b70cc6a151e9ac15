import type { RequestDecoding } from '../request-decoding.ts';
import { webobDecoding } from '../shared/webob.ts';

/** Decoding of requests by Glance behind its own web server, which takes the first Content-Type and joins other headers. */
export const glanceDecoding: RequestDecoding = {
  ...webobDecoding,
  joinRepeated: (name, values) => (name === 'content-type' ? (values[0] ?? '') : values.join(',')),
};
