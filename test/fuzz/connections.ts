// npm run fuzz:connections: what requests cost while 5,000 connections are open, heads are incomplete, and downloads and
// uploads are slow. `npm run fuzz:connections -- --connections 100` opens fewer.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runLoad } from './connection-load.ts';

const { values } = parseArgs({
  options: { connections: { type: 'string', default: '5000' }, slow: { type: 'string', default: '200' } },
});
const options = {
  cli: fileURLToPath(new URL('../../dist/bin/sideglance.js', import.meta.url)),
  connections: Number(values.connections),
  slowClients: Number(values.slow),
  requests: 2000,
};
for await (const { isFine, line } of runLoad(options)) {
  console.log(`${isFine ? 'ok' : 'not ok'} ${line}`);
  if (!isFine) process.exitCode = 1;
}
