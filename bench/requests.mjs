// Compares requests: node bench/requests.mjs. Sideglance, bare Express, Express whose requests and responses are born with its
// prototypes, bare node:http, and WireMock, if WIREMOCK_JAR is the path of its file and Java is there, take turns. Prints JSON:
// for each kind of request and number of connections, by server: microseconds of CPU for each request, requests per second and
// the 99th percentile of the response time in milliseconds (medians).
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { call, prepare } from './cases.mjs';
import { cpuOf, median, start, stop } from './process.mjs';
import { startWireMock } from './wiremock.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = [1, 32];

/** Sends requests for some seconds. Throws when a response has an unexpected status. */
async function load({ url, child }, requests, expected, connections) {
  const began = cpuOf(child);
  const result = await autocannon({ url, connections, duration: SECONDS, requests });
  const cpu = cpuOf(child) - began;
  const unexpected = Object.keys(result.statusCodeStats ?? {}).filter((status) => !expected.includes(Number(status)));
  if (unexpected.length > 0 || result.errors > 0) {
    const found = JSON.stringify(result.statusCodeStats);
    throw new Error(`${requests[0].method} ${requests[0].path}: unexpected ${found}, ${result.errors} errors`);
  }
  const { total } = result.requests;
  return { cpu: cpu / total, rate: total / result.duration, p99: result.latency.p99 };
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const sideglance = await start([here('../dist/bin/sideglance.js'), 'serve', '--port', '0'], '/__admin/health');
const { cases, samples } = await prepare(sideglance.url);
const others = {
  Express: await start([here('express-server.mjs')], '/'),
  born: await start([here('express-server.mjs')], '/', { env: { BENCH_SERVER: 'born' } }),
  raw: await start([here('raw-server.mjs')], '/'),
};
for (const { url } of Object.values(others)) await call(url, 'PUT', '/samples', { body: samples });
const wireMock = await startWireMock(samples);
const servers = { Sideglance: sideglance, ...others, ...(wireMock !== undefined && { WireMock: wireMock }) };

const results = {};
for (const { name, ours, theirs, expected } of cases) {
  results[name] = {};
  for (const connections of CONNECTIONS) {
    const found = Object.fromEntries(Object.keys(servers).map((server) => [server, []]));
    // The first round is a warm-up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [server, process] of Object.entries(servers)) {
        const result = await load(process, server === 'Sideglance' ? ours : theirs, expected, connections);
        if (round > 0) found[server].push(result);
      }
    }
    const medianOf = (all) =>
      Object.fromEntries(['cpu', 'rate', 'p99'].map((value) => [value, median(all.map((one) => one[value]))]));
    results[name][connections] = Object.fromEntries(
      Object.entries(found).map(([server, all]) => [server, medianOf(all)]),
    );
  }
}
for (const server of Object.values(servers)) await stop(server);
console.log(JSON.stringify(results));
