import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

/** A request to send. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  /** Several values repeat a header. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer;
  readonly isChunked?: boolean;
  /** Sends the second half of the body when this resolves. */
  readonly restAfter?: Promise<unknown>;
}

/** A response; status 0 when the connection failed. */
export interface Received {
  readonly status: number;
  /** By lower-case name; repeated headers are joined with ` | `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends a request on a new connection, with only the given headers. */
export function send({ method, url, headers, body, isChunked, restAfter }: Outgoing): Promise<Received> {
  return new Promise((resolve, reject) => {
    // Not parsed with URL, which would normalize paths that the service must reject.
    const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/s.exec(url);
    if (match === null) {
      reject(new Error(`${url} is not an http address`));
      return;
    }
    const [, hostname, port, path = '/'] = match;
    const all: OutgoingHttpHeaders = {};
    for (const [name, value] of Object.entries(headers)) all[name] = typeof value === 'string' ? value : [...value];
    if (body !== undefined && isChunked !== true) all['Content-Length'] = String(body.length);
    if (body !== undefined && isChunked === true) all['Transfer-Encoding'] = 'chunked';
    const outgoing = request({ method, hostname, port: port ?? 80, path, headers: all, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: headersOf(response), body: Buffer.concat(chunks) });
      });
    });
    // A reset connection is a result too, and may emit more than one error.
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: 0, headers: {}, body: Buffer.from(error.code ?? error.message) }),
    );
    if (body === undefined) outgoing.end();
    else if (restAfter === undefined) outgoing.end(body);
    else {
      const middle = body.length >> 1;
      outgoing.write(body.subarray(0, middle));
      void restAfter.then(() => outgoing.end(body.subarray(middle)));
    }
  });
}

/** Reads raw headers, because Node drops or joins repeated headers. */
function headersOf({ rawHeaders }: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const text = rawHeaders[at + 1] ?? '';
    headers[name] = headers[name] === undefined ? text : `${headers[name]} | ${text}`;
  }
  return headers;
}
