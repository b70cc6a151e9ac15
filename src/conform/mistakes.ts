/** Mistakes of clients, each with what a client that makes it does. Every case names those that it finds. */
export const MISTAKES = {
  'no-retry': 'Gives up at the first failure, even if it passes.',
  'ignores-retry-after': 'Repeats requests at once, whatever the service asks for.',
  'ignores-dates': 'Understands Retry-After in seconds only, and repeats requests at once after an HTTP date.',
  'never-gives-up': 'Repeats requests again and again, without a limit.',
  'retries-everything': 'Repeats requests that the service has rejected for good.',
  'repeats-blindly': 'Repeats requests that are not idempotent, without a look at what they have done.',
  'trusts-first-answer': 'Treats what a repeated request returns (404, 409) as the outcome of its first one.',
  'swallows-errors': 'Reports success, whatever happened.',
  'accepts-any-body': 'Takes what it can get out of a response that is incomplete or has another form.',
  'keeps-error-body': 'Writes the body of an error response to the file.',
  'ignores-checksum': 'Does not compare data with its digest.',
  'ignores-length': 'Takes a download that ended early for the whole data.',
  'appends-blindly':
    'Appends what it gets to what it has, whether or not the service heeded Range, and does not compare the result.',
  'no-timeout': 'Waits for ever for a service that does not answer.',
  'first-page-only': 'Reads the first page of a list only.',
  'stops-at-empty-page': 'Takes an empty page for the end of a list.',
  'rebuilds-next': 'Makes the address of the next page itself.',
  'follows-for-ever': 'Follows links to next pages without an end.',
  'follows-anywhere': 'Sends its token to whatever host a link names.',
  'no-login-again': 'Does not log in again when its token is rejected.',
  'login-per-request': 'Logs in for every request.',
  'logs-in-for-ever': 'Logs in again and again when the service rejects its tokens.',
  'guesses-address': 'Makes up the address of a service that the catalog does not have.',
  'ignores-region': 'Takes the first endpoint of the catalog, of whatever region and interface.',
  'leaves-out-tls': 'Falls back to HTTP when a service does not speak TLS.',
  'needs-content-type': 'Reads a JSON body only if Content-Type says that it is one.',
  'token-in-url': 'Sends its token in the URL.',
  'no-rewind': 'Sends the rest of the data, instead of all of it, when it uploads again.',
  'uploads-again': 'Uploads data again without a look at the image.',
  'leaves-remains': 'Leaves an image behind that it could not finish.',
  'trusts-accepted': 'Takes an accepted request for a finished one.',
  'polls-without-pause': 'Polls without waiting in between.',
  'polls-for-ever': 'Goes on polling after the outcome is known.',
  'forces-protection': 'Removes the protection of an image to delete it.',
  'replaces-all': 'Replaces all properties of an image to set one.',
  'overwrites-changes': 'Repeats a change that conflicted without reading the image again.',
} as const satisfies Readonly<Record<string, string>>;
/** One of `MISTAKES`. */
export type Mistake = keyof typeof MISTAKES;

/** Names of all mistakes. */
export const MISTAKE_NAMES = Object.keys(MISTAKES) as readonly Mistake[];
