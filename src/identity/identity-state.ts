import type { ApplicationCredential } from './application-credentials/application-credential.ts';
import {
  ApplicationCredentialStore,
  type ApplicationCredentialsState,
  type CredentialListener,
} from './application-credentials/store.ts';
import type { Directory } from './directory/directory.ts';
import type { Token } from './tokens/token.ts';
import { type TokenListener, Tokens, type TokensState } from './tokens/token-store.ts';

/** The state of an `Identity`, from which others can be created. Immutable. */
export interface IdentityState {
  readonly directory: Directory;
  readonly tokens?: TokensState;
  readonly credentials?: ApplicationCredentialsState;
}

/** Receives each change of an `Identity` before it takes place, to save it for `restoreIdentity`. */
export interface IdentityListeners {
  readonly token: TokenListener;
  readonly credential: CredentialListener;
}

/** Restores a saved state from a directory, its tokens and its application credentials. */
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
