import type { Json } from '../base/json.ts';
import type { Operation } from '../contract/contract.ts';

const KIB = 1024;

/** An instruction of storage-testbench: its pattern, an example, and the fault that does the same. */
interface Instruction {
  readonly pattern: RegExp;
  readonly example: string;
  /** Returns the fault as in a scenario file; `undefined` if the operation has no body of that kind. */
  toFault(numbers: readonly number[], operation: Operation): Json | undefined;
}

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
];

/** Converts an instruction to a fault. @returns a message if it is unknown or does not fit the operation. */
export function faultOf(text: string, operation: Operation): Json | string {
  for (const { pattern, toFault } of INSTRUCTIONS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    return toFault(match.slice(1).map(Number), operation) ?? 'does not fit the operation';
  }
  return 'is unknown';
}
