// A program of a user of the packed package. `npm run package` compiles it, with every check of the compiler on.
import {
  type CoverageReport,
  type CtrfReport,
  type Entry,
  type Har,
  type JournalEvent,
  type Sideglance,
  type SideglanceOptions,
  startSideglance,
  toCtrf,
} from 'sideglance';

const options: SideglanceOptions = { port: 0, fixtures: ['default'], journalBodies: 'off', coverage: false };
// @ts-expect-error: an unknown option
export const misspelt: SideglanceOptions = { prot: 0 };

export async function use(): Promise<readonly Entry[]> {
  const cloud: Sideglance = await startSideglance(options);
  const world = cloud.worlds.create({ fork: 'default' });
  cloud.faults.arm({ match: { operation: 'image-v2.deleteImage' }, calls: { to: 1 }, fault: { answer: 409 } });
  const har: Har = world.requests.har({ operation: 'image-v2.showImage' });
  const report: CoverageReport = world.coverage();
  const ctrf: CtrfReport = toCtrf(report, { version: cloud.version, now: Date.now() });
  for await (const event of world.requests.follow()) print(event);
  await cloud.close();
  return [har.log.entries.length, ctrf.results.tests.length].map((id) => world.requests.show(id));
}

/** The events of the journal tell their kind by `type`. */
function print(event: JournalEvent): string {
  return event.type === 'request' ? event.entry.url : event.type;
}
