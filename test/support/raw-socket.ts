import { connect, type Socket } from 'node:net';

/** The bytes received over a connection, and how it ended. */
export interface RawAnswer {
  /** All bytes, one character each. */
  readonly text: string;
  /** Status line and headers. */
  readonly head: string;
  /** The bytes after the empty line; chunks are not decoded. */
  readonly body: string;
  /** `end`: closed normally; `reset`: reset; `silence`: still open, without further data. */
  readonly ending: 'end' | 'reset' | 'silence';
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** The parts of the body, sent one by one. */
  readonly body?: readonly (string | Buffer)[];
  /** Milliseconds without data after which the result is `silence`. */
  readonly patience?: number;
  /** Waits for this data first, however long it takes on a busy machine. */
  readonly until?: (text: string) => boolean;
}

/**
 * Patience counts turns of the event loop, in which the server of this process also runs, so that a busy machine does
 * not look like silence.
 */
const LOOKS = 20;

/** Sends one request over a TCP connection and returns what is received. */
export function sendRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method, path, headers = {}, body = [], patience = 10_000, until = () => true } = request;
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket: Socket = connect(port, '127.0.0.1');
    const soFar = (): string => Buffer.concat(received).toString('latin1');
    const done = (ending: RawAnswer['ending']): void => {
      const text = soFar();
      const mark = text.indexOf('\r\n\r\n');
      const [head, rest] = mark === -1 ? [text, ''] : [text.slice(0, mark), text.slice(mark + 4)];
      socket.destroy();
      resolve({ text, head, body: rest, ending });
    };
    let quiet = 0;
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      quiet = 0;
    });
    socket.on('end', () => done('end'));
    socket.on('error', () => done('reset'));
    const timer = setInterval(() => {
      quiet += 1;
      if (quiet >= LOOKS && until(soFar())) done('silence');
    }, patience / LOOKS);
    socket.on('close', () => clearInterval(timer));
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    for (const part of body) socket.write(part);
  });
}
