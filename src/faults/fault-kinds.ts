import type { AnswerFault, Corruption, Fault, Wire } from './fault.ts';

type FaultOf<K extends Fault['kind']> = Extract<Fault, { readonly kind: K }>;
type WireOf<K extends Wire['kind']> = Extract<Wire, { readonly kind: K }>;

/** How the engine, the explanations, the checks and the journal treat one kind of fault. */
interface FaultTraits<F extends Fault> {
  /** Whether a request that gets the fault is not offered to later rules. */
  readonly settles: boolean;
  /** Outcome in an explanation: the rule decides the response (`takes`), or adds to another response (`adds`). */
  readonly outcome: 'takes' | 'adds';
  /** Whether the fault works without the operation's own response, as a late effect requires. */
  isAllowedLate(fault: F): boolean;
  /** Name of the fault in journal entries. */
  nameInJournal(fault: F): string;
}

/** How the pipeline treats one kind of wire fault. */
interface WireTraits<W extends Wire> {
  /** Whether part of the operation's own response is sent, so that the operation has to run. */
  needsResponse(wire: W): boolean;
  /** Whether the client finally receives the whole, unchanged response. */
  deliversWholeResponse(wire: W): boolean;
  /** The member of a rule that defines the fault; also its name in journal entries. */
  readonly member: WireMember;
}

/** Members of a rule's `fault` that define a wire fault. `cut` defines two kinds: `cut`, and `garble` as `cut: garbage` or `cut: chunk`. */
export type WireMember = Exclude<Wire['kind'], 'garble'>;

/** Members of a rule's `fault` that each define a fault. `pass` is a word, and each kind of wire fault has its own member. */
export type FaultMember = Exclude<Fault['kind'], 'pass' | 'wire'> | WireMember;

const nameOfAnswer = ({ isOverLimit, observed }: AnswerFault): string => {
  if (isOverLimit) return 'limit';
  return observed === undefined ? 'answer' : 'observed';
};

const FAULT_TRAITS: { readonly [K in Fault['kind']]: FaultTraits<FaultOf<K>> } = {
  answer: { settles: true, outcome: 'takes', isAllowedLate: () => true, nameInJournal: nameOfAnswer },
  alter: { settles: true, outcome: 'takes', isAllowedLate: () => false, nameInJournal: () => 'alter' },
  delay: { settles: false, outcome: 'adds', isAllowedLate: () => false, nameInJournal: () => 'delay' },
  progress: { settles: false, outcome: 'adds', isAllowedLate: () => false, nameInJournal: () => 'progress' },
  source: { settles: false, outcome: 'adds', isAllowedLate: () => false, nameInJournal: () => 'source' },
  hold: { settles: false, outcome: 'adds', isAllowedLate: () => false, nameInJournal: () => 'hold' },
  wire: {
    settles: true,
    outcome: 'takes',
    isAllowedLate: ({ wire }) => !needsResponse(wire),
    nameInJournal: ({ wire }) => WIRE_TRAITS[wire.kind].member,
  },
  limit: { settles: false, outcome: 'takes', isAllowedLate: () => false, nameInJournal: () => 'limit' },
  pass: { settles: false, outcome: 'adds', isAllowedLate: () => true, nameInJournal: () => 'pass' },
};

const WIRE_TRAITS: { readonly [K in Wire['kind']]: WireTraits<WireOf<K>> } = {
  stall: {
    needsResponse: ({ on, after, milliseconds }) => on === 'request' || after !== null || milliseconds !== null,
    deliversWholeResponse: ({ on, milliseconds }) => on === 'request' || milliseconds !== null,
    member: 'stall',
  },
  slow: { needsResponse: () => true, deliversWholeResponse: () => true, member: 'slow' },
  slice: { needsResponse: () => true, deliversWholeResponse: () => true, member: 'slice' },
  slowClose: { needsResponse: () => true, deliversWholeResponse: () => true, member: 'slowClose' },
  cut: {
    needsResponse: ({ on, place }) => on === 'request' || place !== null,
    deliversWholeResponse: ({ on }) => on === 'request',
    member: 'cut',
  },
  garble: { needsResponse: ({ what }) => what === 'chunk', deliversWholeResponse: () => false, member: 'cut' },
  corrupt: { needsResponse: () => true, deliversWholeResponse: () => false, member: 'corrupt' },
};

/** Whether a kind of corruption is written as a word (`corrupt: json`) or as a member with a value (`corrupt: { flip: 1 }`). */
export const CORRUPTION_FORMS = {
  checksum: 'word',
  json: 'word',
  type: 'member',
  flip: 'member',
  length: 'member',
} as const satisfies Readonly<Record<Corruption['what'], 'word' | 'member'>>;

/** All kinds of corruption. */
export const CORRUPTIONS = Object.keys(CORRUPTION_FORMS) as readonly Corruption['what'][];

/** All members of a rule's `fault` that define a wire fault. */
export const WIRE_MEMBERS = [
  ...new Set(Object.values(WIRE_TRAITS).map(({ member }) => member)),
] as readonly WireMember[];

/** All members of a rule's `fault` that each define a fault, in the order in which messages list them. */
export const FAULT_MEMBERS: readonly FaultMember[] = (Object.keys(FAULT_TRAITS) as readonly Fault['kind'][]).flatMap(
  (kind): readonly FaultMember[] => (kind === 'wire' ? WIRE_MEMBERS : kind === 'pass' ? [] : [kind]),
);

/** All names of faults in journal entries. */
export const KINDS_IN_JOURNAL: readonly string[] = [...FAULT_MEMBERS, 'pass', 'observed'];

// A lookup by kind gives the traits of exactly that kind, which TypeScript cannot follow for a union.
const traitsOf = (fault: Fault): FaultTraits<Fault> => FAULT_TRAITS[fault.kind] as FaultTraits<Fault>;
const wireTraitsOf = (wire: Wire): WireTraits<Wire> => WIRE_TRAITS[wire.kind] as WireTraits<Wire>;

/** Whether a request that gets the fault is not offered to later rules. */
export const settles = (fault: Fault): boolean => FAULT_TRAITS[fault.kind].settles;

/** Outcome in an explanation of a rule with the fault that would fire. */
export const outcomeOf = (fault: Fault): 'takes' | 'adds' => FAULT_TRAITS[fault.kind].outcome;

/** Whether the fault works without the operation's own response, as a late effect requires. */
export const isAllowedLate = (fault: Fault): boolean => traitsOf(fault).isAllowedLate(fault);

/** Name of the fault in journal entries: a kind of fault or of wire fault, or `observed`. */
export const nameInJournal = (fault: Fault): string => traitsOf(fault).nameInJournal(fault);

/** Whether part of the operation's own response is sent, so that the operation has to run. */
export const needsResponse = (wire: Wire): boolean => wireTraitsOf(wire).needsResponse(wire);

/** Whether the client finally receives the whole, unchanged response. */
export const deliversWholeResponse = (wire: Wire): boolean => wireTraitsOf(wire).deliversWholeResponse(wire);
