import { hash } from 'node:crypto';

const LENGTH = 12;

/** Returns the suffix of tokens by which requests to addresses without a world find their world. */
export const worldTag = (world: string): string => hash('md5', world).slice(0, LENGTH);

/** Returns the part of a token that is the tag of a world, if the token has one. */
export const endOf = (token: string): string => token.slice(-LENGTH);
