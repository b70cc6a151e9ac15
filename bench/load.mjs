// Sends so many GETs over connections that stay open, whenever its parent says so, and answers how many were refused.
import { Agent, get } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

const ask = (address, headers) =>
  new Promise((resolve, reject) => {
    get(address, { agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    }).on('error', reject);
  });

process.on('message', async ({ url, path, headers, amount }) => {
  const statuses = await Promise.all(Array.from({ length: amount }, () => ask(url + path, headers)));
  process.send(statuses.filter((status) => status !== 200).length);
});
