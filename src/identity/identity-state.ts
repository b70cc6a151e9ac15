import type { ApplicationCredential } from './application-credentials/application-credential.ts';
import {
  ApplicationCredentialStore,
  type ApplicationCredentialsState,
  type CredentialListener,
} from './application-credentials/store.ts';
import type { Directory } from './directory/directory.ts';
import { type RecordsState, restoreRecords, type SavedRecord } from './records/records-state.ts';
import type { Token } from './tokens/token.ts';
import { type TokenListener, Tokens, type TokensState } from './tokens/token-store.ts';

/** The state of an `Identity`, from which others can be created. Immutable. */
export interface IdentityState {
  /** The fixtures that the records started from. */
  readonly directory: Directory;
  readonly records?: RecordsState;
  readonly tokens?: TokensState;
  readonly credentials?: ApplicationCredentialsState;
}

/** Receives each change of an `Identity` before it takes place, to save it for `restoreIdentity`. */
export interface IdentityListeners {
  readonly token: TokenListener;
  readonly credential: CredentialListener;
  /** Receives what to save under a key; `null` deletes it. */
  readonly record: (key: string, saved: SavedRecord | null) => void;
}

/** What is saved of an `Identity`. */
export interface SavedIdentity {
  readonly directory: Directory;
  /** The records that differ from those of the directory. */
  readonly records: Iterable<SavedRecord>;
  readonly tokens: Iterable<Token>;
  readonly credentials: Iterable<ApplicationCredential>;
}

/** Restores a saved state. */
export function restoreIdentity({ directory, records, tokens, credentials }: SavedIdentity): IdentityState {
  const tokenStore = new Tokens();
  // At time zero no token has expired, so every saved token is restored.
  for (const token of [...tokens].sort((one, other) => one.issuedAt - other.issuedAt)) tokenStore.put(token, 0);
  const credentialStore = new ApplicationCredentialStore();
  for (const credential of credentials) credentialStore.put(credential);
  return {
    directory,
    records: restoreRecords(directory, records),
    tokens: tokenStore.snapshot(),
    credentials: credentialStore.snapshot(),
  };
}
