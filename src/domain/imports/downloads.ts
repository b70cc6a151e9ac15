import type { Readable } from 'node:stream';

/** The response to one request for an address. */
export type WebResponse =
  /** The absolute address that the response refers to. */
  | { readonly kind: 'redirect'; readonly address: string }
  | {
      readonly kind: 'data';
      /** Ends early without an error if fewer bytes arrive than were announced; fails if the end is not marked otherwise. */
      readonly stream: Readable;
      /** Content-Length; `null` for a response without one. */
      readonly announcedBytes: number | null;
    };

/** Thrown for a response that is neither data nor a redirect. */
export class SourceStatusError extends Error {
  readonly status: number;

  constructor(address: string, status: number) {
    super(`${address} returned ${status}`);
    this.status = status;
  }
}

/** Requests data from other hosts. The HTTP layer implements it. */
export interface Downloads {
  /** Whether the address may be requested. */
  allows(address: string): boolean;
  /**
   * Requests an allowed address once, without following redirects.
   * @throws SourceStatusError for a response that is neither data nor a redirect; Error if there is no response.
   */
  request(address: string): Promise<WebResponse>;
}

/** Rejects every address. For worlds without outgoing connections. */
export const NO_DOWNLOADS: Downloads = {
  allows: () => false,
  request: () => Promise.reject(new Error('this world makes no outgoing connections')),
};
