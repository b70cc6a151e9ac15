import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whether the client waits for `100 Continue` before it sends the body. */
export const expectsContinue = (request: IncomingMessage): boolean =>
  request.headers.expect?.toLowerCase() === '100-continue';

/**
 * Sends `100 Continue` when the body of a request is first read. A request that is rejected before gets its response at once;
 * the connection is then closed, because nobody knows whether the client still sends the body.
 */
export function continueOnRead(request: IncomingMessage, response: ServerResponse): void {
  const read = request._read;
  const closesAnyway = response.getHeader('Connection') === 'close';
  response.setHeader('Connection', 'close');
  request._read = (size) => {
    request._read = read;
    if (!response.headersSent) {
      if (!closesAnyway) response.removeHeader('Connection');
      response.writeContinue();
    }
    read.call(request, size);
  };
}
