import { type IncomingMessage, request } from 'node:http';

/** A request, ready to go. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly isChunked?: boolean;
  /** What the second half of the body waits for. */
  readonly half?: Promise<unknown>;
}

/** What came back; a status of 0 where the connection broke. */
export interface Received {
  readonly status: number;
  /** By name in lower case; of a header that came more than once the values in their order, with ` | ` between them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends a request on a connection of its own, with no header but those that are given. */
export function send({ method, url, headers, body, isChunked, half }: Outgoing): Promise<Received> {
  return new Promise((resolve, reject) => {
    // Parsed by hand: what is wrong with a path is for the service to say.
    const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/s.exec(url);
    if (match === null) {
      reject(new Error(`${url} is no http address`));
      return;
    }
    const [, hostname, port, path = '/'] = match;
    const all: Record<string, string> = { ...headers };
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
    // A service that hangs up has said something too, and may say it twice.
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: 0, headers: {}, body: Buffer.from(error.code ?? error.message) }),
    );
    if (body === undefined) outgoing.end();
    else if (half === undefined) outgoing.end(body);
    else {
      const middle = body.length >> 1;
      outgoing.write(body.subarray(0, middle));
      void half.then(() => outgoing.end(body.subarray(middle)));
    }
  });
}

/** As they were on the wire: Node's own table drops or joins what comes twice. */
function headersOf({ rawHeaders }: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const text = rawHeaders[at + 1] ?? '';
    headers[name] = headers[name] === undefined ? text : `${headers[name]} | ${text}`;
  }
  return headers;
}
