// The errors that undici (the fetch of Node.js) raises for faults on the wire.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { Agent, fetch, request } = createRequire(join(process.env.CLIENTS_FOLDER, 'package.json'))('undici');
const { SIDEGLANCE_ROOT: root } = process.env;
const PATIENCE = 1000;
const DATA = Buffer.alloc(1024 * 1024, 7);

let failed = 0;
async function step(title, run) {
  try {
    await run();
    console.log(`ok ${title}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${title}: ${error.stack}`);
  }
}

function same(found, expected) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a} came in place of ${b}`);
}

const domain = { name: 'Default' };
const login = await fetch(`${root}/identity/v3/auth/tokens`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
      scope: { project: { name: 'demo', domain } },
    },
  }),
});
const headers = { 'X-Auth-Token': login.headers.get('x-subject-token') };
const dispatcher = new Agent({ headersTimeout: PATIENCE, bodyTimeout: PATIENCE });

async function newImage() {
  const answer = await fetch(`${root}/image/v2/images`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'wire', disk_format: 'raw', container_format: 'bare' }),
  });
  return `${root}/image/v2/images/${(await answer.json()).id}`;
}
const upload = (url) =>
  fetch(`${url}/file`, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    body: DATA,
    dispatcher,
  });
const statusOf = async (url) => (await (await fetch(url, { headers })).json()).status;

async function arm(operation, fault) {
  await fetch(`${root}/__admin/faults`, { method: 'DELETE' });
  const rule = { match: { operation: `image-v2.${operation}` }, fault };
  const { status } = await fetch(`${root}/__admin/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rule),
  });
  same(status, 201);
}

/** Returns the code of an error, or of its cause. */
async function codeOf(run) {
  try {
    return await run();
  } catch (error) {
    return error.cause?.code ?? error.code ?? error.name;
  }
}

const url = await newImage();
same((await upload(url)).status, 204);

const SHOW = [
  ['cut: reset', { cut: 'reset' }, 'ECONNRESET'],
  ['cut: empty', { cut: 'empty' }, 'UND_ERR_SOCKET'],
  ['cut: garbage', { cut: 'garbage' }, 'HPE_INVALID_CONSTANT'],
  ['cut: chunk', { cut: 'chunk' }, 'HPE_INVALID_CHUNK_SIZE'],
  ['a cut in the head', { cut: { after: 12, of: 'head' } }, 'UND_ERR_SOCKET'],
  ['a cut in the body', { cut: { after: 10 } }, 'UND_ERR_SOCKET'],
  ['a reset in the body', { cut: { after: 10, by: 'reset' } }, 'ECONNRESET'],
  ['stall', { stall: true }, 'UND_ERR_HEADERS_TIMEOUT'],
  ['a stall in the body', { stall: { after: 10 } }, 'UND_ERR_BODY_TIMEOUT'],
  ['slow', { slow: 5000 }, 'wire'],
  ['corrupt: json', { corrupt: 'json' }, 'SyntaxError'],
  ['a length that is too large', { corrupt: { length: 5 } }, 'UND_ERR_SOCKET'],
  ['a length that is too small', { corrupt: { length: -5 } }, 'SyntaxError'],
];
for (const [title, fault, expected] of SHOW) {
  await step(`${title} on show is ${expected} to fetch and to request`, async () => {
    await arm('showImage', fault);
    same(await codeOf(async () => (await (await fetch(url, { headers, dispatcher })).json()).name), expected);
    await arm('showImage', fault);
    same(await codeOf(async () => (await (await request(url, { headers, dispatcher })).body.json()).name), expected);
  });
}

const DOWNLOAD = [
  ['a cut', { cut: { after: 1000 } }, 'UND_ERR_SOCKET'],
  ['a stall', { stall: { after: 1000 } }, 'UND_ERR_BODY_TIMEOUT'],
  ['a flipped bit', { corrupt: { flip: 3 } }, 'another digest'],
  ['another checksum', { corrupt: 'checksum' }, 'another digest'],
];
for (const [title, fault, expected] of DOWNLOAD) {
  await step(`${title} on download is ${expected}`, async () => {
    await arm('downloadImageData', fault);
    const read = async () => {
      const answer = await fetch(`${url}/file`, { headers, dispatcher });
      const digest = createHash('md5')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex');
      return digest === answer.headers.get('content-md5') ? 'the same digest' : 'another digest';
    };
    same(await codeOf(read), expected);
  });
}

// The error depends on whether the client is writing or reading at that moment.
const LOST = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const UPLOAD = [
  ['a cut', { cut: { after: 1000, on: 'request' } }, 'a lost connection', 'queued'],
  ['a reset', { cut: { after: 1000, by: 'reset', on: 'request' } }, 'a lost connection', 'queued'],
  ['slow', { slow: { bytesPerSecond: 8_000_000, on: 'request' } }, 204, 'active'],
  ['413 before all of it came', { answer: 413, received: 1000 }, 413, 'queued'],
];
for (const [title, fault, expected, status] of UPLOAD) {
  await step(`${title} on upload is ${expected}, and the image is ${status}`, async () => {
    const target = await newImage();
    await arm('uploadImageData', fault);
    const found = await codeOf(async () => (await upload(target)).status);
    same(LOST.has(found) ? 'a lost connection' : found, expected);
    same(await statusOf(target), status);
  });
}

await fetch(`${root}/__admin/faults`, { method: 'DELETE' });
process.exit(failed === 0 ? 0 : 1);
