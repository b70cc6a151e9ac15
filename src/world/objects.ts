import { fixtureRecords } from '../identity/records/fixture-records.ts';
import type { RecordKind } from '../identity/records/record.ts';
import { RECORD_KIND_NAMES } from '../identity/records/record-kinds.ts';
import type { SavedRecord } from '../identity/records/records-state.ts';
import { COLLECTIONS } from './parts/collections.ts';
import { toDocuments } from './parts/parts.ts';
import type { World } from './world.ts';

/** Something in a world besides images, such as a server, a task, a user, an application credential or a metadata namespace. */
export interface WorldObject {
  /** `server`, `task`, `user`, `application credential`, `metadata namespace` ... */
  readonly kind: string;
  /** Tells it apart from others of its kind. */
  readonly key: string;
  /** All that the world knows about it. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** What objects of each collection are called. Images, tokens and settings are not here. */
const KINDS: Readonly<Record<string, string>> = {
  [COLLECTIONS.tasks]: 'task',
  [COLLECTIONS.credentials]: 'application credential',
  [COLLECTIONS.flavors]: 'flavor',
  [COLLECTIONS.keypairs]: 'keypair',
  [COLLECTIONS.quotas]: 'quota',
  [COLLECTIONS.serverGroups]: 'server group',
  [COLLECTIONS.aggregates]: 'aggregate',
  [COLLECTIONS.servers]: 'server',
  [COLLECTIONS.objects]: 'object',
  [COLLECTIONS.containers]: 'container',
  [COLLECTIONS.volumes]: 'volume',
  [COLLECTIONS.backups]: 'backup',
};

type Document = WorldObject['document'];

/** Lists the objects of a world, after all that is due by its clock. */
export function objectsOf(world: World): readonly WorldObject[] {
  world.applyDueChanges();
  const { documents } = toDocuments(world.snapshot());
  const named = Object.entries(KINDS).flatMap(([collection, kind]) =>
    [...(documents.get(collection) ?? [])].map(([key, document]) => ({ kind, key, document: document as Document })),
  );
  const metadefs = [...(documents.get(COLLECTIONS.metadefs) ?? [])].map(([key, value]) => {
    const document = value as Document;
    return { kind: `metadata ${String(document['kind'])}`, key, document };
  });
  return [...named, ...metadefs, ...recordsOf(world, documents.get(COLLECTIONS.records) ?? new Map())];
}

/** The records of Keystone: those of the fixtures, and their changes. */
function recordsOf({ identity }: World, changes: ReadonlyMap<string, unknown>): readonly WorldObject[] {
  const records = new Map<string, WorldObject>();
  const put = (kind: RecordKind, id: string, record: object): void =>
    void records.set(`${kind} ${id}`, { kind: kind.replaceAll('-', ' '), key: id, document: record as Document });
  for (const kind of RECORD_KIND_NAMES) {
    for (const record of fixtureRecords(identity.directory, kind)) put(kind, record.id, record);
  }
  for (const change of changes.values()) {
    const { kind, id, record } = change as SavedRecord;
    if (record === null) records.delete(`${kind} ${id}`);
    else put(kind, id, record);
  }
  return [...records.values()];
}
