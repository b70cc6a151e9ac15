import type { IncomingMessage } from 'node:http';

/** The body was longer than the limit; reading stopped there. */
export class BodyTooLong extends Error {
  readonly most: number;

  constructor(most: number) {
    super(`more than ${most} bytes`);
    this.name = 'BodyTooLong';
    this.most = most;
  }
}

/** Whether a request says that it has a body (which may turn out to be empty). */
export const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined ||
  (request.headers['content-length'] !== undefined && request.headers['content-length'] !== '0');

/**
 * Reads a body whole.
 * @throws BodyTooLong past `most` bytes, at once where the request announces them.
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const announced = request.headers['content-length'];
  if (announced !== undefined && Number(announced) > most) throw new BodyTooLong(most);
  const chunks: Buffer[] = [];
  let length = 0;
  // Listeners, not an async iterator: leaving an iterator early would destroy the request and with it the socket that
  // the refusal has to go out on.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) {
        request.removeAllListeners('data');
        request.resume();
        reject(new BodyTooLong(most));
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', resolve);
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
  if (length === 0) return undefined;
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
}
