import type { Keypair } from '../../../domain/servers/keypairs.ts';

/** The first microversion that shows the type. */
const FIRST_WITH_TYPE = 2;

const presentBrief = ({ name, publicKey, fingerprint, type }: Keypair, minor: number): object => ({
  name,
  public_key: publicKey,
  fingerprint,
  ...(minor >= FIRST_WITH_TYPE && { type }),
});

/** `{keypair}` of a new key pair. @param privateKey - the key that was generated with it. */
export const presentCreated = (keypair: Keypair, privateKey: string | undefined, minor: number): object => ({
  keypair: {
    ...presentBrief(keypair, minor),
    user_id: keypair.userId,
    ...(privateKey !== undefined && { private_key: privateKey }),
  },
});

/** `{keypair}` in full. @param minor - microversion. */
export const presentKeypair = (keypair: Keypair, minor: number): object => ({
  keypair: {
    ...presentBrief(keypair, minor),
    user_id: keypair.userId,
    deleted: false,
    created_at: `${new Date(Math.floor(keypair.createdAt / 1000) * 1000).toISOString().slice(0, -5)}.000000`,
    updated_at: null,
    deleted_at: null,
    id: keypair.id,
  },
});

/** `{keypairs, keypairs_links}`. @param next - address of the next page. @param minor - microversion. */
export const presentKeypairs = (keypairs: readonly Keypair[], next: string | undefined, minor: number): object => ({
  keypairs: keypairs.map((keypair) => ({ keypair: presentBrief(keypair, minor) })),
  ...(next !== undefined && { keypairs_links: [{ rel: 'next', href: next }] }),
});
