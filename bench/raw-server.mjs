// The same responses as those of bench/express-server.mjs by node:http alone: the limit of what a server in Node can do.
import { createServer } from 'node:http';

const samples = new Map();
const images = new Map();
let created = 0;

const send = (response, status, type, body) => {
  response.writeHead(status, ['Content-Type', type, 'Content-Length', String(Buffer.byteLength(body))]);
  response.end(body);
};

const json = (response, status, value) => send(response, status, 'application/json', JSON.stringify(value));

function create(response, body) {
  created += 1;
  const id = `00000000-0000-4000-a000-${String(created).padStart(12, '0')}`;
  const image = { ...samples.get('one'), ...body, id };
  images.set(id, image);
  json(response, 201, image);
}

function remove(response, id) {
  if (id === 'protected') send(response, 403, 'text/html', samples.get('rejected'));
  else if (id === 'injected') send(response, 503, 'text/html', samples.get('injected'));
  else response.writeHead(images.delete(id) ? 204 : 404).end();
}

function handle({ method, url }, response, body) {
  const path = url.split('?')[0];
  if (method === 'PUT') {
    for (const [name, sample] of Object.entries(body)) samples.set(name, sample);
    response.writeHead(204).end();
  } else if (method === 'POST') create(response, body);
  else if (method === 'DELETE') remove(response, path.slice('/v2/images/'.length));
  else if (path === '/v2/images') json(response, 200, samples.get('list'));
  else json(response, 200, samples.get('one') ?? {});
}

const server = createServer((request, response) => {
  if (request.headers['content-length'] === undefined) {
    handle(request, response);
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => handle(request, response, JSON.parse(Buffer.concat(chunks).toString())));
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
