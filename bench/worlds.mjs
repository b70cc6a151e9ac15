// Measures the cost of worlds with many images: node --expose-gc bench/worlds.mjs FIXTURES. Prints JSON: milliseconds
// (medians) and KiB per world.
import { startSideglance } from '../dist/index.js';

const WORLDS = 200;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const heap = () => {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const cloud = await startSideglance({ fixtures: ['default', process.argv[2]] });
// A typical state: the images of the parent have been listed, and one image was added.
const domain = { name: 'Default' };
const login = await fetch(`${cloud.url}/identity/v3/auth/tokens`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
      scope: { project: { name: 'demo', domain } },
    },
  }),
});
const headers = { 'X-Auth-Token': login.headers.get('x-subject-token') };
const list = async (world) => (await fetch(`${world}/image/v2/images`, { headers })).arrayBuffer();
cloud.images.place({ name: 'new' });
await list(cloud.url);

/** Returns the median duration of an action, and the memory that each call of it adds. */
function measure(act) {
  act(-1);
  const before = heap();
  const times = [];
  for (let index = 0; index < WORLDS; index += 1) {
    const began = performance.now();
    act(index);
    times.push(performance.now() - began);
  }
  return { milliseconds: median(times), kibibytes: (heap() - before) / WORLDS / 1024 };
}

const results = {
  fork: measure((index) => cloud.worlds.create({ name: `fork${index}`, fork: 'default' })),
  create: measure((index) => cloud.worlds.create({ name: `created${index}` })),
  reset: measure((index) => cloud.world(`fork${index}`).reset()),
  snapshot: measure((index) => cloud.snapshots.take(`snapshot${index}`)),
  restore: measure((index) => cloud.snapshots.restore(`snapshot${index}`)),
};
console.log(JSON.stringify(results));
await cloud.close();
