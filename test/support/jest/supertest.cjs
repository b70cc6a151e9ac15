// Tests import this file as `supertest` (`moduleNameMapper` in jest.config.js). It is supertest with one server for each
// app. Plain supertest listens again for each request, which takes longer than most requests.
const { createServer } = require('node:http');
const { afterAll } = require('@jest/globals');
const supertest = require('supertest/index.js');

const servers = new Map();

afterAll(() => {
  for (const { stop } of servers.values()) stop();
});

/** Creates a server that keeps listening when supertest closes it. */
function serverOf(app) {
  const server = createServer(app).unref();
  const close = server.close.bind(server);
  server.close = (done) => {
    done?.();
    return server;
  };
  const stop = () => {
    server.closeAllConnections();
    close();
  };
  return { server, stop };
}

function request(target) {
  if (typeof target !== 'function') return supertest(target);
  if (!servers.has(target)) servers.set(target, serverOf(target));
  return supertest(servers.get(target).server);
}

module.exports = request;
