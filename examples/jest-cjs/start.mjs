// Tests of Jest in CommonJS mode cannot load ECMAScript modules, but this global setup can. It passes the address to the tests.
import { startSideglance } from 'sideglance';

export default async function start() {
  globalThis.sideglance = await startSideglance({ port: 0 });
  process.env.SIDEGLANCE_URL = globalThis.sideglance.url;
}
