import { hash } from 'node:crypto';

const LENGTH = 12;

/** The last characters of tokens that identify a world to addresses that name none. */
export const worldTag = (world: string): string => hash('md5', world).slice(0, LENGTH);

/** The part of a token that contains the tag of a world, if the token has one. */
export const endOf = (token: string): string => token.slice(-LENGTH);
