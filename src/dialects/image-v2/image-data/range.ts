import type { IncomingHttpHeaders } from 'node:http';
import { GlanceError } from '../../glance/errors.ts';

/** Bytes from `start` to `end`, both inclusive; an empty range ends before it starts. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Parses the requested range of the data from Range, or from Content-Range, which this service treats alike.
 * @returns `undefined` if the request has no range.
 * @throws GlanceError 400 for several ranges, 416 for one outside the data.
 */
export function requestedRange(
  headers: Pick<IncomingHttpHeaders, 'range' | 'content-range'>,
  sizeBytes: number,
): ByteRange | undefined {
  if (headers.range !== undefined) return parseRange(headers.range, sizeBytes);
  const contentRange = headers['content-range'];
  return contentRange === undefined ? undefined : parseContentRange(contentRange, sizeBytes);
}

function parseRange(text: string, sizeBytes: number): ByteRange {
  if (text.includes(',')) {
    throw new GlanceError(
      400,
      'Requests with multiple ranges are not supported in Glance. You may make multiple single-range requests instead.',
    );
  }
  const match = /^bytes *= *(\d*) *- *(\d*)/i.exec(text.trim());
  if (match === null) throw unavailable('Invalid Range header.');
  const [, first = '', last = ''] = match;
  if (first === '') return suffixRange(last, sizeBytes);
  const start = Number(first);
  if (last !== '' && Number(last) < start) throw unavailable('Invalid Range header.');
  if (start >= sizeBytes) {
    throw unavailable(
      `Invalid start position in Range header. Start position MUST be in the inclusive range [0, ${sizeBytes - 1}].`,
    );
  }
  return {
    start,
    end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1),
  };
}

/** The last bytes of the data: `bytes=-500`. */
function suffixRange(text: string, sizeBytes: number): ByteRange {
  if (text === '') throw unavailable('Invalid Range header.');
  const length = Number(text);
  // This service treats a suffix of 0 bytes as all data.
  return { start: length === 0 ? 0 : Math.max(0, sizeBytes - length), end: sizeBytes - 1 };
}

function parseContentRange(text: string, sizeBytes: number): ByteRange {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)/.exec(text);
  if (match === null) throw unavailable('Invalid Content-Range header.');
  const [, first, last, length] = match;
  const start = Number(first);
  const end = Number(last);
  if (end < start || (length !== '*' && end >= Number(length))) throw unavailable('Invalid Content-Range header.');
  const isWithin = `range [0, ${sizeBytes - 1}].`;
  if (length !== '*' && start >= sizeBytes) {
    throw unavailable(
      `Invalid start position in Content-Range header. Start position MUST be in the inclusive ${isWithin}`,
    );
  }
  if (end >= sizeBytes) {
    throw unavailable(
      `Invalid stop position in Content-Range header. The stop position MUST be in the inclusive ${isWithin}`,
    );
  }
  return { start, end };
}

const unavailable = (detail: string): GlanceError =>
  new GlanceError(416, {
    message: 'The Range requested is not available.',
    detail,
    title: 'Request Range Not Satisfiable',
  });
