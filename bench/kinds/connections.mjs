// Requests whose clients leave: held ones, half-sent uploads, half-read downloads and streams.
import { connect } from 'node:net';
import { call } from './client.mjs';

/** Opens a connection, sends a text, waits for the first bytes if asked to, and leaves. */
const leaveAfter = ({ host, port }, text, waits) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const leave = () => {
      socket.destroy();
      resolve(1);
    };
    socket.on('error', reject);
    socket.write(text, () => {
      if (waits) socket.once('data', leave);
      else setTimeout(leave, 2);
    });
  });

const head = ({ host, token }, method, path, lines = []) =>
  [`${method} ${path} HTTP/1.1`, `Host: ${host}`, `X-Auth-Token: ${token}`, ...lines, '', ''].join('\r\n');

const held = (server) => leaveAfter(server, head(server, 'GET', '/image/v2/schemas/task'), false);

const heldByClock = (server) => leaveAfter(server, head(server, 'GET', '/image/v2/schemas/tasks'), false);

async function upload(server, n) {
  const created = await call(server, 'POST', '/image/v2/images', {
    body: { name: `cut ${n}`, disk_format: 'raw', container_format: 'bare' },
    expect: 201,
  });
  const path = `/image/v2/images/${JSON.parse(created.content).id}`;
  const lines = ['Content-Type: application/octet-stream', 'Content-Length: 100000'];
  await leaveAfter(server, `${head(server, 'PUT', `${path}/file`, lines)}${'x'.repeat(2_000)}`, false);
  await call(server, 'DELETE', path, { expect: [204, 409] });
  return 3;
}

const stream = (server) => leaveAfter(server, head(server, 'GET', '/__admin/requests/stream'), true);

const connection = (server, n) => leaveAfter(server, head(server, 'GET', `/image/v2/images/${n}`), true);

/** Kinds of requests. Each function gets a number that no other has, and returns how many requests it has sent. */
export const CONNECTION_KINDS = {
  'held, client left': held,
  'held by the clock, client left': heldByClock,
  'upload, client left': upload,
  'stream, client left': stream,
  'connection of its own': connection,
};
