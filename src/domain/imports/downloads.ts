import type { Readable } from 'node:stream';

/** Fetches data from other addresses. The HTTP layer implements it. */
export interface Downloads {
  /** Whether the address may be fetched. */
  allows(address: string): boolean;
  /**
   * Opens the data at an allowed address.
   * @throws Error if the address cannot be read.
   */
  open(address: string): Promise<Readable>;
}

/** Rejects every address. For worlds without outgoing connections. */
export const NO_DOWNLOADS: Downloads = {
  allows: () => false,
  open: () => Promise.reject(new Error('this world makes no outgoing connections')),
};
