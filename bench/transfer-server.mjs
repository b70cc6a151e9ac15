// Plain node:http that stores an upload in a file, with MD5 and SHA-512 as Sideglance computes them, and sends it back: the
// baseline of bench/transfer.mjs.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const folder = mkdtempSync(join(tmpdir(), 'sideglance-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'data');

/** Stores the body of a request, and responds with its digests. */
async function receive(request, response) {
  const hashes = [createHash('md5'), createHash('sha512')];
  const hashing = new Transform({
    transform(chunk, _encoding, done) {
      for (const hash of hashes) hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(request, hashing, createWriteStream(file));
  response.end(hashes.map((hash) => hash.digest('hex')).join(' '));
}

const server = createServer((request, response) => {
  if (request.method === 'PUT') receive(request, response).catch((error) => response.destroy(error));
  else if (request.method === 'GET' && request.url === '/data') createReadStream(file).pipe(response);
  else if (request.method === 'DELETE') {
    rmSync(file, { force: true });
    response.writeHead(204).end();
  } else response.end();
}).listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
