// A server of the library, which prints no requests: node bench/library-server.mjs. Prints its address.
import { startSideglance } from '../dist/index.js';

const { url } = await startSideglance();
console.log(url);
