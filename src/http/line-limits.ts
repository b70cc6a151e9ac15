import type { IncomingMessage } from 'node:http';
import type { Reply } from '../contract/contract.ts';
import type { LineLimits } from '../dialects/request-decoding.ts';

/** Bytes of a request line besides method and target: blanks, version and line end. */
const REQUEST_LINE = ' '.length + ' HTTP/1.1\r\n'.length;
/** Bytes of a header line besides name and value. */
const HEADER_LINE = ': \r\n'.length;

/** Returns the reply of a web server that reads shorter lines than the request has. It closes the connection. */
export function tooLongLine(
  { method, url, rawHeaders }: IncomingMessage,
  { requestLine, headerLine }: LineLimits,
): Reply | undefined {
  if (`${method}${url}`.length + REQUEST_LINE >= requestLine) return rejection(414, 'Request URI Too Long');
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const length = (rawHeaders[at] as string).length + (rawHeaders[at + 1] as string).length + HEADER_LINE;
    if (length >= headerLine) return rejection(400, 'Header Line Too Long');
  }
  return undefined;
}

const rejection = (status: number, reason: string): Reply => ({ status, reason, headers: { Connection: 'close' } });
