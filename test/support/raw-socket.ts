import { connect, type Socket } from 'node:net';

/** The bytes received over a connection, and how it ended. */
export interface RawResponse {
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
  /** Milliseconds without data after which the ending is `silence`; 10 seconds when omitted. */
  readonly silenceMs?: number;
  /** Reports no silence before this returns true, so that a busy machine has time to respond. */
  readonly until?: (text: string) => boolean;
}

/**
 * How many timer ticks without data count as silence. Ticks and the server share the event loop of this process, so a
 * busy machine delays both and does not look silent.
 */
const SILENT_TICKS = 20;

/** Sends one request over a TCP connection and returns what is received. */
export function sendRaw(port: number, request: RawRequest): Promise<RawResponse> {
  const { method, path, headers = {}, body = [], silenceMs = 10_000, until = () => true } = request;
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket: Socket = connect(port, '127.0.0.1');
    const receivedText = (): string => Buffer.concat(received).toString('latin1');
    const finish = (ending: RawResponse['ending']): void => {
      const text = receivedText();
      const headEnd = text.indexOf('\r\n\r\n');
      const [head, rest] = headEnd === -1 ? [text, ''] : [text.slice(0, headEnd), text.slice(headEnd + 4)];
      socket.destroy();
      resolve({ text, head, body: rest, ending });
    };
    let silentTicks = 0;
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      silentTicks = 0;
    });
    socket.on('end', () => finish('end'));
    socket.on('error', () => finish('reset'));
    const timer = setInterval(() => {
      silentTicks += 1;
      if (silentTicks >= SILENT_TICKS && until(receivedText())) finish('silence');
    }, silenceMs / SILENT_TICKS);
    socket.on('close', () => clearInterval(timer));
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    for (const part of body) socket.write(part);
  });
}
