import { type Agent, type IncomingMessage, request } from 'node:http';
import type { FuzzRequest } from './requests.ts';

/** What a fuzz request got. */
export interface FuzzResponse {
  /** 0 if the connection ended without a response. */
  readonly status: number;
  /** The first characters of the body. */
  readonly text: string;
  /** Whether no response came in time. */
  readonly isHung: boolean;
}

/** Values that requests of one run use. */
export interface RunValues {
  readonly port: number;
  readonly agent: Agent;
  /** Tokens of the default world and of the world of the run. */
  readonly token: string;
  readonly worldToken: string;
  readonly image: string;
}

/** After so many milliseconds without a response, a request hangs. Long, because the machine may be busy. */
const PATIENCE = 120_000;
const KEPT = 2000;

/** Sends a request and reads its response. */
export function sendFuzz(wanted: FuzzRequest, values: RunValues): Promise<FuzzResponse> {
  const { port, agent, image } = values;
  const { method, body } = wanted;
  const token = wanted.target.startsWith('/w/') ? values.worldToken : values.token;
  const headers = Object.fromEntries(
    Object.entries(wanted.headers).map(([name, value]) => [name, value.replace('{token}', token)]),
  );
  const path = wanted.target.replaceAll('{image}', image);
  return new Promise((resolve) => {
    const sent = request({ port, host: '127.0.0.1', method, path, headers, agent }, (response) => {
      const { statusCode: status = 0 } = response;
      void read(response).then((text) => resolve({ status, text, isHung: false }));
    });
    sent.setTimeout(PATIENCE, () => {
      resolve({ status: 0, text: '', isHung: true });
      sent.destroy();
    });
    sent.on('error', (error) => resolve({ status: 0, text: error.message, isHung: false }));
    sent.end(body);
  });
}

/** Reads a response, and returns the first characters of its body. */
function read(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    response.on('data', (chunk: Buffer) => {
      if (text.length < KEPT) text += chunk.toString('latin1', 0, KEPT);
    });
    response.on('close', () => resolve(text));
    // An endless stream of events is left once it has begun.
    if (response.headers['content-type']?.startsWith('text/event-stream') === true) response.destroy();
  });
}
