import { hash } from 'node:crypto';

const LENGTH = 12;

/** The end of the tokens that are good for a world at addresses that name none. */
export const worldTag = (world: string): string => hash('md5', world).slice(0, LENGTH);

/** What a token ends with: the tag of a world where it has one. */
export const endOf = (token: string): string => token.slice(-LENGTH);
