// Compares uploads and downloads of large images with bare node:http, which stores the same bytes with the same digests:
// node bench/transfer.mjs. They take turns; BENCH_TRANSFER_MIB says how large an image is (default: 256). Prints JSON: for
// each direction and server, milliseconds of CPU for each MiB, MiB per second, and by how many MiB the memory of the server
// grew at most (medians).
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { call, logIn } from './cases.mjs';
import { cpuOf, median, memoryOf, start, stop } from './process.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const MEBIBYTES = Number(process.env.BENCH_TRANSFER_MIB ?? 256);
const CHUNK = 64 * 1024;
const CHUNKS = (MEBIBYTES * 2 ** 20) / CHUNK;
/** Milliseconds between two readings of the memory. */
const INTERVAL = 20;

/** The bytes of an image: no generator that Sideglance knows makes them, and no two chunks are equal. */
function* bytes() {
  const chunk = Buffer.alloc(CHUNK);
  for (let index = 0; index < CHUNK; index += 4) chunk.writeUInt32LE((index * 2654435761) >>> 0, index);
  for (let number = 0; number < CHUNKS; number += 1) {
    chunk.writeUInt32LE(number, 0);
    yield Buffer.from(chunk);
  }
}

/** Sends a request with a body, or without one, and counts the bytes of the response. */
const transfer = (address, method, headers, body) =>
  new Promise((resolve, reject) => {
    const sent = request(address, { method, headers, agent: false }, (response) => {
      let received = 0;
      response.on('data', (chunk) => {
        received += chunk.length;
      });
      response.on('end', () => resolve({ status: response.statusCode, received }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    if (body === undefined) sent.end();
    else pipeline(body, sent).catch(reject);
  });

/** Measures one transfer: CPU, rate and growth of memory. */
async function measure(child, act) {
  const [cpu, memory, began] = [cpuOf(child), memoryOf(child), performance.now()];
  let peak = memory;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(child));
  }, INTERVAL);
  const { status, received } = await act();
  clearInterval(timer);
  if (status >= 300) throw new Error(`a transfer got ${status}`);
  const seconds = (performance.now() - began) / 1000;
  return {
    received,
    cpu: (cpuOf(child) - cpu) / 1000 / MEBIBYTES,
    rate: MEBIBYTES / seconds,
    growth: Math.max(peak, memoryOf(child)) - memory,
  };
}

const octets = { 'content-type': 'application/octet-stream' };
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const sideglance = await start([here('../dist/bin/sideglance.js'), 'serve', '--port', '0'], '/__admin/health');
const bare = await start([here('transfer-server.mjs')], '/');
const headers = { 'x-auth-token': await logIn(sideglance.url) };

/** How an image gets its place in each server, and goes. */
const SERVERS = {
  Sideglance: {
    ...sideglance,
    headers,
    place: async () => {
      const body = { name: 'large', disk_format: 'raw', container_format: 'bare' };
      const { text } = await call(sideglance.url, 'POST', '/image/v2/images', { headers, body });
      return `/image/v2/images/${JSON.parse(text).id}`;
    },
    data: (image) => `${image}/file`,
  },
  'node:http': { ...bare, headers: {}, place: async () => '', data: () => '/data' },
};

const found = { upload: {}, download: {} };
for (const kind of Object.keys(found)) for (const name of Object.keys(SERVERS)) found[kind][name] = [];
// The first round is a warm-up.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, server] of Object.entries(SERVERS)) {
    const image = await server.place();
    const address = server.url + server.data(image);
    const upload = await measure(server.child, () =>
      transfer(
        address,
        'PUT',
        { ...server.headers, ...octets },
        Readable.from(bytes(), { objectMode: false, highWaterMark: CHUNK }),
      ),
    );
    const download = await measure(server.child, () => transfer(address, 'GET', server.headers));
    if (download.received !== CHUNKS * CHUNK) throw new Error(`${name} returned ${download.received} bytes`);
    await transfer(`${server.url}${image || '/data'}`, 'DELETE', server.headers);
    if (round > 0) {
      found.upload[name].push(upload);
      found.download[name].push(download);
    }
  }
}
for (const server of Object.values(SERVERS)) await stop(server);

const medianOf = (all) =>
  Object.fromEntries(['cpu', 'rate', 'growth'].map((value) => [value, median(all.map((one) => one[value]))]));
const results = Object.fromEntries(
  Object.entries(found).map(([kind, servers]) => [
    kind,
    Object.fromEntries(Object.entries(servers).map(([name, all]) => [name, medianOf(all)])),
  ]),
);
console.log(JSON.stringify(results));
