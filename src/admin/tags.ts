import { ADMIN_GROUPS, type AdminOperationId } from './operations/index.ts';

/** A group of operations, as the OpenAPI document and the index name it. */
export interface Tag {
  readonly name: keyof typeof ADMIN_GROUPS;
  readonly description: string;
}

const DESCRIPTIONS: Readonly<Record<Tag['name'], string>> = {
  process: 'Health, readiness, the contracts of the doubled APIs, and this document',
  ports: 'The ports of the process, which refuse or reset connections',
  worlds: 'Isolated copies of the cloud',
  world: 'One world: reset, coverage, conduct, recording, containers',
  scenarios: 'Named lists of rules, to enable and disable',
  faults: 'One-off faults: rules outside any scenario',
  held: 'Requests that a rule holds until somebody decides about them',
  images: 'Images, without the checks of the doubled APIs',
  requests: 'The journal: requests and their responses',
  retryTests: 'Instructions in the form of storage-testbench',
  configuration: 'Limits, quotas, progress, profiles, stores and downloads of a world',
  tasks: 'Work that takes time',
  servers: 'Servers, from which images are created',
  clock: 'The time of a world',
  snapshots: 'Saved states of a world',
};

/** All tags, in the order of the operations. */
export const TAGS: readonly Tag[] = (Object.keys(ADMIN_GROUPS) as Tag['name'][]).map((name) => ({
  name,
  description: DESCRIPTIONS[name],
}));

const TAG_OF: ReadonlyMap<string, Tag['name']> = new Map(
  Object.entries(ADMIN_GROUPS).flatMap(([name, group]) =>
    Object.values(group as Readonly<Record<string, { readonly id: string }>>).map(({ id }) => [
      id,
      name as Tag['name'],
    ]),
  ),
);

/** Returns the tag of an operation. */
export const tagOf = (id: AdminOperationId | string): Tag['name'] => TAG_OF.get(id) ?? 'process';
