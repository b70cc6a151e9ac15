import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Serves an image of one mebibyte, from which suites import.
 * @returns its address `url`; the address of the `proxy` through which it is at every other address, too; and `stop`.
 */
export async function serveImage() {
  const data = Buffer.alloc(1024 * 1024, 'image');
  const server = createServer((request, response) => {
    const isFound = request.url === '/image.bin' || request.url.startsWith('http://');
    response.writeHead(isFound ? 200 : 404, { 'Content-Length': isFound ? data.length : 0 });
    response.end(isFound && request.method !== 'HEAD' ? data : undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = `http://127.0.0.1:${server.address().port}`;
  return { url: `${proxy}/image.bin`, proxy, stop: async () => server.close() };
}
