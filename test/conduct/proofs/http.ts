import { Agent } from 'node:http';
import type { Proofs } from '../bench.ts';
import { ScriptedClient } from '../scripted-client.ts';

/** Proofs of the rules on HTTP. */
export const httpProofs: Proofs = {
  'body-in-get': async (bench, isGood) => {
    await bench.send('GET', '/images?limit=100', isGood ? {} : { body: { name: 'one' } });
  },
  'head-followed-by-get': async (bench, isGood) => {
    const check = (method: string) =>
      bench.client.send(method, '/identity/v3/auth/tokens', {
        token: bench.token,
        headers: { 'X-Subject-Token': bench.token },
      });
    await check('HEAD');
    if (!isGood) await check('GET');
  },
  'versions-read-again': async (bench, isGood) => {
    for (let time = 0; time < (isGood ? 1 : 6); time += 1) await bench.client.send('GET', '/image/versions');
  },
  'json-not-accepted': async (bench, isGood) => {
    await bench.send('GET', '/images?limit=100', { headers: { Accept: isGood ? 'application/json' : 'text/html' } });
  },
  'content-type-missing': async (bench, isGood) => {
    await bench.tryCreate('one', isGood ? {} : { headers: { 'Content-Type': undefined } });
  },
  'connection-per-request': async (bench, isGood) => {
    const agent = new Agent({ keepAlive: isGood });
    const client = new ScriptedClient(bench.world.url, 'scripted/1.0', agent);
    for (let time = 0; time < 8; time += 1) {
      await client.send('GET', `/image/v2/images?limit=${100 + time}`, { token: bench.token });
    }
    client.close();
  },
};
