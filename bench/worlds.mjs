// What worlds over many images cost: node --expose-gc bench/worlds.mjs FIXTURES. Prints JSON: milliseconds (medians) and KiB for each world.
import { startSideglance } from '../dist/index.js';

const WORLDS = 200;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const heap = () => {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const cloud = await startSideglance({ fixtures: ['default', process.argv[2]] });
// As a run would leave it: the images of the parent have been listed, and one is new.
const domain = { name: 'Default' };
const answer = await fetch(`${cloud.url}/identity/v3/auth/tokens`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
      scope: { project: { name: 'demo', domain } },
    },
  }),
});
const headers = { 'X-Auth-Token': answer.headers.get('x-subject-token') };
const list = async (world) => (await fetch(`${world}/image/v2/images`, { headers })).arrayBuffer();
cloud.images.place({ name: 'new' });
await list(cloud.url);

function measure(act) {
  act(-1);
  const before = heap();
  const times = [];
  for (let nth = 0; nth < WORLDS; nth += 1) {
    const began = performance.now();
    act(nth);
    times.push(performance.now() - began);
  }
  return { milliseconds: median(times), kibibytes: (heap() - before) / WORLDS / 1024 };
}

const results = {
  fork: measure((nth) => cloud.worlds.create({ name: `fork${nth}`, fork: 'default' })),
  make: measure((nth) => cloud.worlds.create({ name: `made${nth}` })),
  reset: measure((nth) => cloud.world(`fork${nth}`).reset()),
  snapshot: measure((nth) => cloud.snapshots.take(`snapshot${nth}`)),
  restore: measure((nth) => cloud.snapshots.restore(`snapshot${nth}`)),
};
console.log(JSON.stringify(results));
await cloud.close();
