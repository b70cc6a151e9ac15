/** The parts of HAR 1.2 that Sideglance writes. Own types, so that users of the package do not have to install others. */

/** An HTTP archive. */
export interface Har {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: HarEntry[];
  };
}

/** A name with a value: a header, or a parameter of a query. */
export interface HarField {
  readonly name: string;
  readonly value: string;
}

/** A request with its response. Members with `_` are those of Sideglance. */
export interface HarEntry {
  /** ISO 8601. */
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Readonly<Record<string, never>>;
  /** Milliseconds. */
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly connection: string;
  readonly [member: `_${string}`]: unknown;
}

/** What a request and a response have in common. Sizes are in bytes, -1 when unknown. */
interface HarMessage {
  readonly httpVersion: string;
  readonly cookies: never[];
  readonly headers: HarField[];
  readonly headersSize: number;
  readonly bodySize: number;
}

/** A request. */
export interface HarRequest extends HarMessage {
  readonly method: string;
  readonly url: string;
  readonly queryString: HarField[];
  readonly postData?: HarPostData;
}

/** The body of a request. */
export interface HarPostData {
  readonly mimeType: string;
  readonly text: string;
  readonly comment?: string;
}

/** A response. */
export interface HarResponse extends HarMessage {
  readonly status: number;
  readonly statusText: string;
  readonly content: HarContent;
  readonly redirectURL: string;
}

/** The body of a response. */
export interface HarContent {
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  readonly text?: string;
  readonly encoding?: string;
  readonly comment?: string;
}
