/**
 * A response that clients receive from a proxy between client and service and that no API document lists, exactly as it is
 * sent, with its source. Observed responses are never counted as documented.
 */
export interface ObservedResponse {
  /** The name that rules use: `nginx-504`. */
  readonly name: string;
  readonly status: number;
  /** The reason phrase on the status line. */
  readonly reason: string;
  /** In the order and spelling of the proxy. `{date}` is replaced by the time; Retry-After is filled in at sending. */
  readonly headers: Readonly<Record<string, string>>;
  /** `{retry}` is replaced by the time of the next allowed request. */
  readonly body: string;
  /** When the proxy sends it. */
  readonly meaning: string;
  readonly source: string;
}

const NGINX = 'nginx/1.22.1';
const NGINX_SOURCE = 'nginx 1.22.1 (Debian 1.22.1-9+deb12u10), run and recorded';
const HAPROXY_SOURCE = 'HAProxy 2.6.12 (Debian 2.6.12-1+deb12u4), run and recorded';

function nginx(status: number, reason: string, meaning: string): ObservedResponse {
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

interface HaproxyPage {
  readonly status: number;
  readonly reason: string;
  /** The sentence on the page. */
  readonly text: string;
  readonly meaning: string;
}

function haproxy({ status, reason, text, meaning }: HaproxyPage): ObservedResponse {
  return {
    name: `haproxy-${status}`,
    status,
    reason,
    headers: { 'cache-control': 'no-cache', 'content-type': 'text/html' },
    body: `<html><body><h1>${status} ${reason}</h1>\n${text}\n</body></html>\n`,
    meaning,
    source: HAPROXY_SOURCE,
  };
}

const UNREACHABLE = 'The service cannot be reached.';
const NOT_IN_TIME = 'The service did not respond in time. The effect of the request may have taken place.';
const LIMITED = 'The client exceeds a rate limit of the proxy.';

/** The response of Repose over a limit, if configured to send 429. The 413 of the Rackspace APIs has the same form. */
export const REPOSE_LIMIT: ObservedResponse = {
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
  meaning: 'The user exceeds a rate limit.',
  source:
    'Repose documentation, "Rate Limiting Filter" (overLimit-429-responseCode) and the sample output of recipe "Rate Limiting" (7.2.2.0)',
};

/** All observed responses. */
export const OBSERVED: readonly ObservedResponse[] = [
  haproxy({
    status: 429,
    reason: 'Too Many Requests',
    text: 'You have sent too many requests in a given amount of time.',
    meaning: LIMITED,
  }),
  haproxy({
    status: 502,
    reason: 'Bad Gateway',
    text: 'The server returned an invalid or incomplete response.',
    meaning: 'The response of the service is not valid HTTP, or is incomplete.',
  }),
  haproxy({
    status: 503,
    reason: 'Service Unavailable',
    text: 'No server is available to handle this request.',
    meaning: UNREACHABLE,
  }),
  haproxy({
    status: 504,
    reason: 'Gateway Time-out',
    text: "The server didn't respond in time.",
    meaning: NOT_IN_TIME,
  }),
  nginx(429, 'Too Many Requests', LIMITED),
  nginx(502, 'Bad Gateway', UNREACHABLE),
  nginx(
    503,
    'Service Temporarily Unavailable',
    'The client exceeds a rate limit of the proxy, and no other status is configured for that.',
  ),
  nginx(504, 'Gateway Time-out', NOT_IN_TIME),
  REPOSE_LIMIT,
];

const byName = new Map(OBSERVED.map((answer) => [answer.name, answer]));

/** Returns an observed response by its name. */
export const observedResponse = (name: string): ObservedResponse | undefined => byName.get(name);
