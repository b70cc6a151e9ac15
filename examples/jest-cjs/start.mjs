// Jest in CommonJS mode cannot load ECMAScript modules in tests; here it can, and the tests get the address.
import { startSideglance } from 'sideglance';

export default async function start() {
  globalThis.sideglance = await startSideglance({ port: 0 });
  process.env.SIDEGLANCE_URL = globalThis.sideglance.url;
}
