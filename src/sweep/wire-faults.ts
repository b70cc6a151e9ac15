import type { Fault } from '../input/types/scenarios.ts';
import type { SweepCall } from './calls.ts';

/** When the effect of the request takes place: `before`: not at all; `after`: and then comes the fault; `twice`. */
export type SweepPhase = 'before' | 'after' | 'twice';

/** A call, and what its operation does. */
export interface WireContext extends SweepCall {
  /** Whether the request changes something. */
  readonly isChanging: boolean;
  /** Whether the operation takes data as a stream. */
  readonly isUpload: boolean;
}

/** A kind of fault on the wire. */
export interface WireFault {
  readonly name: string;
  appliesTo(call: WireContext): boolean;
  /** The fault, as a rule has it; absent for a rule that has only a phase. */
  readonly fault?: (call: WireContext) => Fault;
  phases(call: WireContext): readonly SweepPhase[];
}

const always = (): boolean => true;
const hasBody = ({ responseBytes, method }: WireContext): boolean => responseBytes >= 2 && method !== 'HEAD';
const hasJson = (call: WireContext): boolean => hasBody(call) && call.responseType.includes('json');
const isDownload = (call: WireContext): boolean => hasBody(call) && call.responseType.includes('octet-stream');
const sendsData = ({ isUpload, requestBytes }: WireContext): boolean => isUpload && requestBytes >= 2;

const bothPhases = ({ isChanging }: WireContext): readonly SweepPhase[] =>
  isChanging ? ['before', 'after'] : ['before'];

/** For damage to a response: there is none unless the request had its effect. */
const withEffect = ({ isChanging }: WireContext): readonly SweepPhase[] => [isChanging ? 'after' : 'before'];
const beforeOnly = (): readonly SweepPhase[] => ['before'];

const half = (bytes: number): number => Math.floor(bytes / 2);
const halfOfResponse = ({ responseBytes }: WireContext): number => half(responseBytes);
const halfOfRequest = ({ requestBytes }: WireContext): number => half(requestBytes);

/** The faults on the wire that a sweep tries, in the order in which it does. */
export const WIRE_FAULTS: readonly WireFault[] = [
  { name: 'reset', appliesTo: always, fault: () => ({ cut: 'reset' }), phases: bothPhases },
  { name: 'close', appliesTo: always, fault: () => ({ cut: 'empty' }), phases: bothPhases },
  { name: 'stall', appliesTo: always, fault: () => ({ stall: true }), phases: bothPhases },
  {
    name: 'cut-body',
    appliesTo: hasBody,
    fault: (call) => ({ cut: { after: halfOfResponse(call) } }),
    phases: withEffect,
  },
  {
    name: 'reset-body',
    appliesTo: hasBody,
    fault: (call) => ({ cut: { after: halfOfResponse(call), by: 'reset' } }),
    phases: withEffect,
  },
  {
    name: 'stall-body',
    appliesTo: hasBody,
    fault: (call) => ({ stall: { after: halfOfResponse(call) } }),
    phases: withEffect,
  },
  { name: 'half-json', appliesTo: hasJson, fault: () => ({ corrupt: 'json' }), phases: withEffect },
  { name: 'cut-head', appliesTo: always, fault: () => ({ cut: { after: 12, of: 'head' } }), phases: withEffect },
  { name: 'bad-chunk', appliesTo: hasBody, fault: () => ({ cut: 'chunk' }), phases: withEffect },
  { name: 'garbage', appliesTo: always, fault: () => ({ cut: 'garbage' }), phases: beforeOnly },
  {
    name: 'flipped-bit',
    appliesTo: isDownload,
    fault: (call) => ({ corrupt: { flip: halfOfResponse(call) } }),
    phases: beforeOnly,
  },
  { name: 'other-checksum', appliesTo: isDownload, fault: () => ({ corrupt: 'checksum' }), phases: beforeOnly },
  {
    name: 'upload-cut',
    appliesTo: sendsData,
    fault: (call) => ({ cut: { after: halfOfRequest(call), on: 'request' } }),
    phases: beforeOnly,
  },
  {
    name: 'upload-reset',
    appliesTo: sendsData,
    fault: (call) => ({ cut: { after: halfOfRequest(call), by: 'reset', on: 'request' } }),
    phases: beforeOnly,
  },
  {
    name: 'upload-stall',
    appliesTo: sendsData,
    fault: (call) => ({ stall: { after: halfOfRequest(call), on: 'request' } }),
    phases: beforeOnly,
  },
  {
    // The effect of a POST can only be undone by a client that knows of it, and this one gets a success.
    name: 'twice',
    appliesTo: ({ isChanging, isUpload, method }) => isChanging && !isUpload && method !== 'POST',
    phases: () => ['twice'],
  },
];
