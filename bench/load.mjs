// Sends GET requests over keep-alive connections for each message of the parent process, and reports how many failed.
import { Agent, get } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

const send = (address, headers) =>
  new Promise((resolve, reject) => {
    get(address, { agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });

process.on('message', async ({ url, path, headers, amount }) => {
  const statuses = await Promise.all(Array.from({ length: amount }, () => send(url + path, headers)));
  process.send(statuses.filter((status) => status !== 200).length);
});
