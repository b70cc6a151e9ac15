import type { Readable } from 'node:stream';

/** Fetches data from other addresses; handed in by whoever knows HTTP. */
export interface Downloads {
  /** Whether an address may be fetched at all. */
  allows(address: string): boolean;
  /**
   * The bytes at an address that is allowed.
   * @throws Error where nothing can be had there.
   */
  open(address: string): Promise<Readable>;
}

/** For worlds without a way out. */
export const NO_DOWNLOADS: Downloads = {
  allows: () => false,
  open: () => Promise.reject(new Error('there is no way out')),
};
