// Is loaded into a server: writes how many timers and connections it has to a file, again and again.
import { createHook } from 'node:async_hooks';
import { renameSync, writeFileSync } from 'node:fs';

const file = process.env.RESOURCES_FILE;
const live = new Map();
createHook({
  init(id, type) {
    if (type === 'Timeout' || type === 'TCPWRAP') live.set(id, type);
  },
  destroy(id) {
    live.delete(id);
  },
}).enable();
setInterval(() => {
  const counts = { Timeout: 0, TCPWRAP: 0 };
  for (const type of live.values()) counts[type] += 1;
  writeFileSync(`${file}.new`, JSON.stringify(counts));
  renameSync(`${file}.new`, file);
}, 50).unref();
