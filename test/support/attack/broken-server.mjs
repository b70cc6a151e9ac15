// A server whose parts can be broken: sends its port to the parent process, and breaks each part whose name it receives.
import { brokenParts } from './broken-parts.mjs';

const sources = await import(process.argv[2]);
const { createEmulator } = sources['src/emulator.ts'];
const { defaultFixtures } = sources['src/fixtures/default-fixtures.ts'];

const access = { port: () => undefined };
const listeners = { onRequest: () => undefined };
const emulator = createEmulator({
  fixtures: defaultFixtures(),
  admin: { port: () => access.port() },
  onRequest: (entry) => listeners.onRequest(entry),
});
const { port } = await emulator.listen({ host: '127.0.0.1', port: 0 });
const parts = brokenParts(sources, { emulator, access, listeners });

process.on('message', (name) => {
  parts[name]();
  process.send({ broken: name });
});
process.send({ port });
