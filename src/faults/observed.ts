/**
 * Answers that clients meet and no document of an API lists, because something between client and service gives them:
 * each as it goes over the wire, and with its source. They are never counted among the documented ones.
 */
export interface ObservedAnswer {
  /** What a rule calls it: `nginx-504`. */
  readonly name: string;
  readonly status: number;
  /** The words on the status line. */
  readonly reason: string;
  /** In the order and spelling of the one who sends them; `{date}` stands for the time, and
   * Retry-After is put in by what sends it. */
  readonly headers: Readonly<Record<string, string>>;
  /** `{retry}` stands for the time to come back. */
  readonly body: string;
  /** When it is given. */
  readonly meaning: string;
  readonly source: string;
}

const NGINX = 'nginx/1.22.1';
const NGINX_SOURCE = 'nginx 1.22.1 (Debian 1.22.1-9+deb12u10), run and recorded';
const HAPROXY_SOURCE = 'HAProxy 2.6.12 (Debian 2.6.12-1+deb12u4), run and recorded';

function nginx(status: number, reason: string, meaning: string): ObservedAnswer {
  const title = `${status} ${reason}`;
  return {
    name: `nginx-${status}`,
    status,
    reason,
    headers: { Server: NGINX, Date: '{date}', 'Content-Type': 'text/html', Connection: 'keep-alive' },
    body: `${[
      '<html>',
      `<head><title>${title}</title></head>`,
      '<body>',
      `<center><h1>${title}</h1></center>`,
      `<hr><center>${NGINX}</center>`,
      '</body>',
      '</html>',
    ].join('\r\n')}\r\n`,
    meaning,
    source: NGINX_SOURCE,
  };
}

function haproxy(status: number, reason: string, words: string, meaning: string): ObservedAnswer {
  return {
    name: `haproxy-${status}`,
    status,
    reason,
    headers: { 'cache-control': 'no-cache', 'content-type': 'text/html' },
    body: `<html><body><h1>${status} ${reason}</h1>\n${words}\n</body></html>\n`,
    meaning,
    source: HAPROXY_SOURCE,
  };
}

const UNREACHABLE = 'The service cannot be reached.';
const NOT_IN_TIME = 'The service did not answer in time; what it was asked for may have taken place.';
const LIMITED = 'A limit of the proxy is passed.';

/** What Repose answers past a limit, where it is set up to say 429; the 413 of the Rackspace APIs has the same form. */
export const REPOSE_LIMIT: ObservedAnswer = {
  name: 'repose-429',
  status: 429,
  reason: 'Too Many Requests',
  headers: {
    Date: '{date}',
    'Retry-After': '',
    'Content-Type': 'application/json',
    Via: '1.1 Repose (Repose/7.2.2.0)',
    Server: 'Jetty(9.2.z-SNAPSHOT)',
  },
  body: `${[
    '{',
    '    "overLimit" : {',
    '        "code" : 429,',
    '        "message" : "OverLimit Retry...",',
    '        "details" : "Error Details...",',
    '        "retryAfter" : "{retry}"',
    '    }',
    '}',
  ].join('\n')}`,
  meaning: 'The rate limit of a user is passed.',
  source:
    'Repose documentation, "Rate Limiting Filter" (overLimit-429-responseCode) and the sample output of recipe "Rate Limiting" (7.2.2.0)',
};

/** All observed answers. */
export const OBSERVED: readonly ObservedAnswer[] = [
  haproxy(429, 'Too Many Requests', 'You have sent too many requests in a given amount of time.', LIMITED),
  haproxy(
    502,
    'Bad Gateway',
    'The server returned an invalid or incomplete response.',
    'What the service sent is no HTTP, or not all of it.',
  ),
  haproxy(503, 'Service Unavailable', 'No server is available to handle this request.', UNREACHABLE),
  haproxy(504, 'Gateway Time-out', "The server didn't respond in time.", NOT_IN_TIME),
  nginx(429, 'Too Many Requests', LIMITED),
  nginx(502, 'Bad Gateway', UNREACHABLE),
  nginx(503, 'Service Temporarily Unavailable', 'A limit of the proxy is passed, and no other status is set for that.'),
  nginx(504, 'Gateway Time-out', NOT_IN_TIME),
  REPOSE_LIMIT,
];

const byName = new Map(OBSERVED.map((answer) => [answer.name, answer]));

/** The answer of a proxy by its name. */
export const observedAnswer = (name: string): ObservedAnswer | undefined => byName.get(name);
