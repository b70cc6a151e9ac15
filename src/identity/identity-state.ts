import type { ApplicationCredential } from './application-credentials/application-credential.ts';
import {
  ApplicationCredentialStore,
  type ApplicationCredentialsState,
  type CredentialListener,
} from './application-credentials/store.ts';
import type { Directory } from './directory/directory.ts';
import type { Token } from './tokens/token.ts';
import { type TokenListener, Tokens, type TokensState } from './tokens/token-store.ts';

/** An immutable copy of an `Identity`, from which others are created. */
export interface IdentityState {
  readonly directory: Directory;
  readonly tokens?: TokensState;
  readonly credentials?: ApplicationCredentialsState;
}

/** Receives what an `Identity` changes before it changes, so that it can be saved for `restoreIdentity`. */
export interface IdentityListeners {
  readonly token: TokenListener;
  readonly credential: CredentialListener;
}

/** Restores a saved state: a directory with the tokens that were issued and the credentials that were created. */
export function restoreIdentity(
  directory: Directory,
  tokens: Iterable<Token>,
  credentials: Iterable<ApplicationCredential>,
): IdentityState {
  const tokenStore = new Tokens();
  // At time zero no token has expired, so every saved token is restored.
  for (const token of tokens) tokenStore.put(token, 0);
  const credentialStore = new ApplicationCredentialStore();
  for (const credential of credentials) credentialStore.put(credential);
  return { directory, tokens: tokenStore.snapshot(), credentials: credentialStore.snapshot() };
}
