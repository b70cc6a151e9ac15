import type { RequestDecoding } from '../request-decoding.ts';
import { utf8Segment } from '../shared/uri.ts';
import { webobDecoding } from '../shared/webob.ts';

/** Decoding of requests by both products: as in OpenStack, which they are built on, with texts in UTF-8. */
export const rackspaceDecoding: RequestDecoding = {
  ...webobDecoding,
  segment: utf8Segment,
  acceptsAbsoluteForm: true,
};
