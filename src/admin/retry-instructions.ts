import type { Json } from '../base/json.ts';
import type { Operation } from '../contract/contract.ts';

const KIB = 1024;

/** An instruction of storage-testbench: its pattern, an example, and the fault that does the same. */
interface Instruction {
  readonly pattern: RegExp;
  readonly example: string;
  /** Returns the fault as in a scenario file; `undefined` if the operation has no body of that kind. */
  toFault(numbers: readonly number[], operation: Operation, texts: readonly string[]): Json | undefined;
}

/** A fault without an effect, which is counted as carried out. */
const NOTHING: Json = { delay: 0 };

const isUpload = ({ body }: Operation): boolean => body === 'stream';

const directionOf = (operation: Operation): Json => (isUpload(operation) ? { on: 'request' } : {});

/** The instructions, in the order of the documentation of storage-testbench. */
export const INSTRUCTIONS: readonly Instruction[] = [
  {
    pattern: /^return-(\d{3})$/,
    example: 'return-503',
    toFault: ([status]) => ({ answer: status }),
  },
  {
    pattern: /^return-(\d{3})-after-(\d+)K$/,
    example: 'return-503-after-256K',
    toFault: ([status, size = 0], operation) =>
      isUpload(operation) ? { answer: status, received: size * KIB } : undefined,
  },
  {
    // As there, the third attempt and all later ones succeed.
    pattern: /^return-(\d{3})-after-(\d+)K\/retry-(\d+)$/,
    example: 'return-503-after-256K/retry-1',
    toFault: ([status, size = 0, attempt = 0], operation) => {
      if (attempt >= 3) return NOTHING;
      return isUpload(operation) ? { answer: status, received: size * KIB } : undefined;
    },
  },
  {
    pattern: /^return-reset-connection$/,
    example: 'return-reset-connection',
    toFault: () => ({ cut: 'reset' }),
  },
  {
    pattern: /^return-broken-stream$/,
    example: 'return-broken-stream',
    toFault: (_numbers, operation) => ({ cut: { after: 4, ...directionOf(operation) } }),
  },
  {
    pattern: /^return-broken-stream-after-(\d+)K$/,
    example: 'return-broken-stream-after-256K',
    toFault: ([size = 0], operation) => ({ cut: { after: size * KIB, ...directionOf(operation) } }),
  },
  {
    pattern: /^return-broken-stream-final-chunk-after-(\d+)B$/,
    example: 'return-broken-stream-final-chunk-after-1024B',
    toFault: ([after]) => ({ cut: { after } }),
  },
  {
    pattern: /^stall-always$/,
    example: 'stall-always',
    toFault: () => ({ stall: true }),
  },
  {
    pattern: /^stall-at-(\d+)KiB$/,
    example: 'stall-at-256KiB',
    toFault: ([size = 0], operation) => ({ stall: { after: size * KIB, ...directionOf(operation) } }),
  },
  {
    pattern: /^stall-for-(\d+)s$/,
    example: 'stall-for-10s',
    toFault: ([time]) => ({ stall: { for: `${time}s` } }),
  },
  {
    pattern: /^stall-for-(\d+)s-after-(\d+)K$/,
    example: 'stall-for-10s-after-128K',
    toFault: ([time, size = 0], operation) => ({
      stall: { for: `${time}s`, after: size * KIB, ...directionOf(operation) },
    }),
  },
  {
    pattern: /^return-corrupted-data$/,
    example: 'return-corrupted-data',
    toFault: (_numbers, operation) => (isUpload(operation) ? undefined : { corrupt: { flip: 0 } }),
  },
  // The redirections of gRPC are ABORTED, which is 409 over HTTP.
  {
    pattern: /^redirect-send-token-([a-z-]+)$/,
    example: 'redirect-send-token-abc',
    toFault: (_numbers, _operation, [token]) => ({ answer: 409, headers: { 'X-Routing-Token': token } }),
  },
  {
    pattern: /^redirect-send-handle-and-token-([a-z-]+)$/,
    example: 'redirect-send-handle-and-token-abc',
    toFault: (_numbers, _operation, [token]) => ({
      answer: 409,
      headers: { 'X-Routing-Token': token, 'X-Write-Handle': token },
    }),
  },
  {
    pattern: /^redirect-expect-token-([a-z-]+)$/,
    example: 'redirect-expect-token-abc',
    toFault: () => NOTHING,
  },
  {
    // DirectPath does not exist over HTTP: the instruction is used up without an effect.
    pattern: /^return-(\d{3})-if-dp-enforced$/,
    example: 'return-503-if-dp-enforced',
    toFault: () => NOTHING,
  },
  {
    pattern: /^return-unreachable-buckets-([a-zA-Z0-9,_/-]+)$/,
    example: 'return-unreachable-buckets-a,b',
    toFault: (_numbers, _operation, [buckets = '']) => ({ alter: { body: { unreachable: buckets.split(',') } } }),
  },
];

/** Converts an instruction to a fault. @returns a message if it is unknown or does not fit the operation. */
export function faultOf(text: string, operation: Operation): Json | string {
  for (const { pattern, toFault } of INSTRUCTIONS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const texts = match.slice(1);
    return toFault(texts.map(Number), operation, texts) ?? 'does not fit the operation';
  }
  return 'is unknown';
}
