import { connect, type Socket } from 'node:net';

/** What came over one connection, and how it ended. */
export interface RawAnswer {
  /** Every byte, one character each. */
  readonly text: string;
  /** Status line and headers. */
  readonly head: string;
  /** What follows the empty line; chunks are not put together. */
  readonly body: string;
  /** `end`: closed in good order; `reset`: by a reset; `silence`: nothing more came, and the connection stands. */
  readonly ending: 'end' | 'reset' | 'silence';
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** What is sent after the head, part by part. */
  readonly body?: readonly (string | Buffer)[];
  /** Gives up where nothing comes for so many milliseconds. */
  readonly patience?: number;
  /** What must have come before patience may run out, however long it takes on a busy machine. */
  readonly until?: (text: string) => boolean;
}

/**
 * Patience is counted in looks, between which the server, which runs in the same process, gets its turn: time that the
 * machine spends elsewhere does not pass for silence.
 */
const LOOKS = 20;

/** Sends one request over a bare TCP connection and tells what comes back. */
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
