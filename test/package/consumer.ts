// A program of a user of the packed package. `npm run package` compiles it, with every check of the compiler on.
import {
  type CoverageReport,
  type CtrfReport,
  type DocumentedStatus,
  type Entry,
  type Fault,
  type Fixtures,
  type Har,
  type ImageFixture,
  type JournalEvent,
  type OperationName,
  type Rule,
  type Scenario,
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

/** Rules, fixtures and operations are checked by the compiler. */
export function typed(cloud: Sideglance, status: DocumentedStatus<'image-v2.deleteImage'>): string {
  const reset: Rule = {
    match: { operation: ['*.deleteImage', 'ims.showImage'] },
    fault: { cut: 'reset' },
    phase: 'after',
  };
  const fault: Fault = { answer: status, retryAfter: { date: 30 } };
  const image: ImageFixture = { name: 'a', status: 'active', size: '20MiB', properties: { os_distro: 'debian' } };
  const fixtures: Fixtures = { projects: [{ name: 'demo' }], images: [image], quotas: { images: 10 } };
  const scenario: Scenario = { scenario: 'mine', rules: [reset, { match: {}, sequence: ['pass', fault] }] };
  const world = cloud.worlds.create({ fixtures, scenarios: ['delete-conflict', scenario] });
  world.scenarios.put('other', { rules: [reset] });
  world.images.change(world.images.place(image).id, { protected: true });
  const operation: OperationName = 'identity.listVersions';
  world.faults.arm({ match: { operation }, fault });

  // @ts-expect-error: an unknown operation
  world.faults.arm({ match: { operation: 'image-v2.deletImage' }, fault });
  // @ts-expect-error: an unknown member of a condition
  world.faults.arm({ match: { operaton: 'image-v2.deleteImage' }, fault });
  // @ts-expect-error: an unknown operation of a filter
  world.requests.list({ operation: 'image-v2.deletImage' });
  // @ts-expect-error: an unknown operation of a pattern
  world.requests.verify({ requests: { operation: 'image-v2.deletImage' } });
  // @ts-expect-error: an unknown class of statuses
  world.requests.verify({ inOrder: [{ operation: 'image-v2.*', status: '6xx' }] });
  // @ts-expect-error: an unknown operation to explain
  world.scenarios.explain({ operation: 'image-v2.deletImage' });
  // @ts-expect-error: an unknown way to cut the connection
  world.faults.arm({ match: {}, fault: { cut: 'rst' } });
  // @ts-expect-error: an unknown status of an image
  world.images.place({ status: 'actve' });
  // @ts-expect-error: the id of an image stays
  world.images.change('a', { id: 'b' });
  // @ts-expect-error: an unknown phase
  world.scenarios.put('other', { rules: [{ match: {}, phase: 'befor' }] });
  // @ts-expect-error: an unknown quota
  cloud.worlds.create({ quotas: { imagez: 1 } });
  // @ts-expect-error: an undocumented status
  const undocumented: DocumentedStatus<'image-v2.deleteImage'> = 503;
  return `${world.settings().openstack.OS_AUTH_URL} ${undocumented}`;
}
