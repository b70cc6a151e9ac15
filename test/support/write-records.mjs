// Writes many records to a file, and prints how often the whole heap was collected meanwhile.
import { constants, PerformanceObserver } from 'node:perf_hooks';

const [sources, path, megabytes] = process.argv.slice(2);
const { RecordWriter } = (await import(sources))['src/persistence/record-writer.ts'];

let collections = 0;
const observer = new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
});
observer.observe({ entryTypes: ['gc'] });

const writer = await RecordWriter.create(path, 'never');
writer.setId('an id');
const text = 'x'.repeat(400);
/** Adds records until the file has so many bytes. */
async function fill(bytes) {
  for (let nth = 0; writer.end.bytes < bytes; nth += 1) {
    const turn = writer.add(['image', 1, { id: `image-${nth}`, name: text, properties: { a: `a-${nth}` } }]);
    if (turn !== undefined) await turn;
  }
}

await fill(megabytes * 1e6);
await writer.finish();
// Entries reach the observer a turn later.
setTimeout(() => process.stdout.write(String(collections)), 50);
