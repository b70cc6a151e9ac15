// Plain Express with its defaults, which returns the same bodies as Sideglance: the baseline of the benchmark. With
// BENCH_SERVER=born, requests and responses have the prototypes of Express from the start, as in Sideglance.
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';

const app = express();
const samples = new Map();
const images = new Map();
let created = 0;

app.use('/samples', express.json({ limit: '4mb' }));
app.put('/samples', (request, response) => {
  for (const [name, sample] of Object.entries(request.body)) samples.set(name, sample);
  response.status(204).end();
});
app.get('/v2/images/:id', (_request, response) => {
  response.json(samples.get('one'));
});
app.get('/v2/images', (_request, response) => {
  response.json(samples.get('list'));
});
app.post('/v2/images', express.json(), (request, response) => {
  created += 1;
  const image = {
    ...samples.get('one'),
    ...request.body,
    id: `00000000-0000-4000-a000-${String(created).padStart(12, '0')}`,
  };
  images.set(image.id, image);
  response.status(201).json(image);
});
app.delete('/v2/images/:id', (request, response) => {
  const { id } = request.params;
  if (id === 'protected') response.status(403).type('html').send(samples.get('rejected'));
  else if (id === 'injected') response.status(503).type('html').send(samples.get('injected'));
  else response.status(images.delete(id) ? 204 : 404).end();
});
app.post('/reset', (_request, response) => {
  images.clear();
  response.status(204).end();
});

function createBorn() {
  class Request extends IncomingMessage {}
  class Response extends ServerResponse {}
  for (const [own, members] of [
    [Request.prototype, [Object.getPrototypeOf(app.request), app.request]],
    [Response.prototype, [Object.getPrototypeOf(app.response), app.response]],
  ]) {
    for (const source of members) {
      const { constructor: _own, ...rest } = Object.getOwnPropertyDescriptors(source);
      Object.defineProperties(own, rest);
    }
  }
  Object.assign(app, { request: Request.prototype, response: Response.prototype });
  return createServer({ IncomingMessage: Request, ServerResponse: Response }, app);
}

const server = (process.env.BENCH_SERVER === 'born' ? createBorn() : createServer(app)).listen(
  Number(process.env.PORT ?? 0),
  '127.0.0.1',
  () => {
    console.log(`http://127.0.0.1:${server.address().port}`);
  },
);
process.on('SIGTERM', () => process.exit(0));
