import type { IncomingMessage } from 'node:http';

/** Thrown for a body that exceeds the limit. The rest of the body is not read. */
export class BodyTooLong extends Error {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.name = 'BodyTooLong';
    this.maxBytes = maxBytes;
  }
}

/** Thrown when the client disconnects before its whole body has arrived. */
export class ClientGone extends Error {
  constructor() {
    super('the client disconnected');
    this.name = 'ClientGone';
  }
}

/** Whether a request announces a body, which may be empty. */
export const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined ||
  (request.headers['content-length'] !== undefined && request.headers['content-length'] !== '0');

/**
 * Reads a whole body.
 * @throws BodyTooLong if it exceeds `maxBytes`; immediately if Content-Length announces that.
 * @throws ClientGone if the client disconnects.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const announced = request.headers['content-length'];
  if (announced !== undefined && Number(announced) > maxBytes) throw new BodyTooLong(maxBytes);
  const chunks: Buffer[] = [];
  let length = 0;
  // Listeners instead of an async iterator: leaving an iterator early would destroy the request and with it the socket
  // that the error response needs.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        request.removeAllListeners('data');
        request.resume();
        reject(new BodyTooLong(maxBytes));
      } else {
        chunks.push(chunk);
      }
    });
    let hasEnded = false;
    request.on('end', () => {
      hasEnded = true;
      resolve();
    });
    request.on('error', () => reject(new ClientGone()));
    request.on('close', () => {
      if (!hasEnded) reject(new ClientGone());
    });
  });
  if (length === 0) return undefined;
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
}
