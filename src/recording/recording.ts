import type { ConductReport } from '../conduct/analyze.ts';
import type { Image } from '../domain/image.ts';
import type { Decision } from '../faults/engine/decision.ts';
import type { Entry } from '../journal/entry.ts';
import type { ImageDocument } from '../persistence/image-document.ts';
import type { RecordedPort } from './ports.ts';

/** The value of `format` in every recording. */
export const RECORDING_FORMAT = 'sideglance-recording';

/** Version of the format that this release writes. It reads this version and earlier ones. */
export const RECORDING_VERSION = 2;

/** What left a recording behind. */
export const RECORDING_KINDS = ['test', 'case', 'point', 'run', 'world'] as const;

/** What was recorded, and how it ended. */
export interface RecordingAbout {
  /** A test, a case of the conformance suite, a point of a sweep, a run of a client, or just a world. */
  readonly kind?: (typeof RECORDING_KINDS)[number];
  /** Full name of the test, id of the case, or description of the point. */
  readonly name?: string;
  /** File of the test or case. */
  readonly file?: string;
  /** The word that tells how it ended, such as `fail` or `crashed`. */
  readonly verdict?: string;
  /** Message of the failure. */
  readonly error?: string;
  /** The command of the client with its arguments. */
  readonly command?: readonly string[];
  /** Variables that the client had besides those of its world; `sideglance replay` sets them again. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder that variables of the client name files in. A replay has another one in its place. */
  readonly folder?: string;
  /** Files that the client found in the folder, in base64, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Anything else. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A decision of the fault engine as JSON. */
export type RecordedDecision = Omit<Decision, 'source'> & {
  readonly source?: unknown;
  /** Whether the rule was evaluated before authentication. */
  readonly isEarly?: true;
};

/** A request and its response. */
export interface RecordedExchange extends Entry {
  /** What the fault engine decided; absent if no rule fired. */
  readonly decision?: RecordedDecision;
  /** Reason phrase of the status line, if it is not the usual one of the status. */
  readonly reason?: string;
}

/** The state of a world when its journal was started. */
export interface StartState {
  /** All images. */
  readonly images: readonly ImageDocument[];
  /** Everything else, by collection and id, as in a state file. */
  readonly documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The scenarios that were enabled, as written. */
  readonly scenarios: readonly Readonly<Record<string, unknown>>[];
}

/** A request to the admin API that changed the world. */
export interface RecordedAction {
  /** Id of the request in `requests` before it; 0 for none. */
  readonly after: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
  /** Id of the operation, such as `armFault`. */
  readonly operation: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A change of an image. */
export interface RecordedChange {
  /** Id of the last request in `requests` that had ended; the change belongs to the next one, or to what the clock did. */
  readonly after: number;
  /** Milliseconds since 1970, by the world's clock. */
  readonly time: number;
  /** The image after the change, without its data. */
  readonly image: Omit<Image, 'data' | 'staged'>;
}

/** Everything in a recording but its requests. */
export interface RecordingHead {
  readonly format: typeof RECORDING_FORMAT;
  readonly version: number;
  /** Version of Sideglance that wrote it. */
  readonly sideglance: string;
  /** When it was written: ISO 8601, by the machine's clock. */
  readonly written: string;
  readonly about: RecordingAbout;
  readonly world: {
    readonly name: string;
    /** Address of the root of the server, without a trailing slash. */
    readonly root: string;
    readonly seed: string;
    readonly label?: string;
  };
  readonly start: StartState;
  /** In chronological order. */
  readonly actions: readonly RecordedAction[];
  /** In chronological order. */
  readonly changes: readonly RecordedChange[];
  /** How the clients behaved. */
  readonly conduct: ConductReport;
  /** What clients could meet below HTTP; absent if no port had TLS and nothing happened there. */
  readonly ports?: readonly RecordedPort[];
  /** Number of requests that the world received. */
  readonly recorded: number;
  /** What the recording lacks because the journal was full. */
  readonly dropped: { readonly requests: number; readonly actions: number; readonly changes: number };
}

/** What happened in one world, and all that is needed to let it happen again. */
export interface Recording extends RecordingHead {
  /** In the order in which their responses were ready. */
  readonly requests: readonly RecordedExchange[];
  /** Digest of all other members, which shows whether the recording was changed; `edited` if that was on purpose. */
  readonly digest: string;
}

/** A recording whose requests are read one by one. */
export interface RecordingSource {
  readonly head: RecordingHead;
  requests(): Iterable<RecordedExchange>;
  /** Frees what the requests are read from. */
  close?(): void;
}
