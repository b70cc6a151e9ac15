// WireMock with stubs that return the same bytes as Sideglance, without its journal, whose memory has no limit.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { call, createdId } from './cases.mjs';
import { start } from './process.mjs';

function hasJava() {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const stub = (method, urlPathPattern, status, body = {}, headers = {}) => ({
  request: { method, urlPathPattern },
  response: { status, headers, ...body },
});

/** Starts WireMock; returns `undefined` if WIREMOCK_JAR is not set or Java is missing. */
export async function startWireMock({ one, list, rejected, injected }) {
  const { WIREMOCK_JAR: jar } = process.env;
  if (jar === undefined || !hasJava()) return undefined;
  const port = await freePort();
  const flags = ['--port', String(port), '--bind-address', '127.0.0.1', '--no-request-journal', '--disable-banner'];
  const server = await start(['java', '-jar', jar, ...flags], '/__admin/mappings', { url: `http://127.0.0.1:${port}` });
  const [json, html] = [{ 'Content-Type': 'application/json' }, { 'Content-Type': 'text/html' }];
  const stubs = [
    stub('GET', '/v2/images/[^/]+', 200, { jsonBody: one }, json),
    stub('GET', '/v2/images', 200, { jsonBody: list }, json),
    stub('POST', '/v2/images', 201, { jsonBody: { ...one, id: createdId } }, json),
    stub('DELETE', `/v2/images/${createdId}`, 204),
    stub('DELETE', '/v2/images/protected', 403, { body: rejected }, html),
    stub('DELETE', '/v2/images/injected', 503, { body: injected }, html),
  ];
  for (const body of stubs) await call(server.url, 'POST', '/__admin/mappings', { body });
  return server;
}
