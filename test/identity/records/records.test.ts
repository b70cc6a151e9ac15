import { expect, test } from '@jest/globals';
import type { GroupRecord, ProjectRecord } from '../../../src/identity/records/record.ts';
import { Records } from '../../../src/identity/records/records.ts';
import {
  changesOf,
  initialRecords,
  restoreRecords,
  type SavedRecord,
} from '../../../src/identity/records/records-state.ts';
import { aDirectory } from './builders.ts';

const directory = aDirectory();

const aGroup = (id: string, name = id): GroupRecord => ({ id, name, domain_id: 'default', description: '' });

const create = (): Records => new Records(initialRecords(directory));

/** Records whose changes are saved. */
function createSaved(): { readonly records: Records; readonly saved: Map<string, SavedRecord> } {
  const saved = new Map<string, SavedRecord>();
  const save = (key: string, record: SavedRecord | null): void => {
    if (record === null) saved.delete(key);
    else saved.set(key, record);
  };
  return { records: new Records(initialRecords(directory), { save }), saved };
}

test('records start with those of the fixtures', () => {
  expect(create().get('project', 'p1')).toMatchObject({ name: 'one', parent_id: 'default', enabled: true });
});

test('records are listed in order of creation, and a change keeps the place', () => {
  const records = create();
  for (const id of ['z', 'y', 'x']) records.put('group', aGroup(id));
  records.put('group', aGroup('z', 'renamed'));
  expect(records.all('group').map(({ name }) => name)).toEqual(['renamed', 'y', 'x']);
});

test('an index finds records by their present values only', () => {
  const records = create();
  records.put('group', aGroup('g', 'old'));
  records.put('group', aGroup('g', 'new'));
  expect(records.first('group', 'name', 'old\u0000default')).toBeUndefined();
  expect(records.first('group', 'name', 'new\u0000default')?.id).toBe('g');
});

test('a value that starts like another one is not found under it', () => {
  const records = create();
  records.put('group', { ...aGroup('g'), domain_id: 'a\u00010000000001' });
  expect(records.by('group', 'domain', 'a')).toEqual([]);
});

test('a deletion takes along what belongs to the record', () => {
  const records = create();
  const child: ProjectRecord = { ...(records.get('project', 'p1') as ProjectRecord), id: 'c', parent_id: 'p1' };
  records.put('project', child);
  records.put('credential', { id: 'k', project_id: 'c' });
  records.delete('project', 'p1');
  expect(records.all('project').map(({ id }) => id)).toEqual(['p2']);
  expect(records.all('credential')).toEqual([]);
});

test('a snapshot is not affected by later changes', () => {
  const records = create();
  records.put('group', aGroup('g'));
  const snapshot = records.snapshot();
  records.delete('group', 'g');
  records.put('group', aGroup('h'));
  expect(new Records(snapshot).all('group').map(({ id }) => id)).toEqual(['g']);
  expect(records.all('group').map(({ id }) => id)).toEqual(['h']);
});

test('the version changes with each write, and only then', () => {
  const records = create();
  const { version } = records;
  records.all('group');
  expect(new Records(records.snapshot()).version).toBe(version);
  records.put('group', aGroup('g'));
  expect(records.version).not.toBe(version);
});

test('saved changes restore the records, without fixture records that were deleted', () => {
  const { records, saved } = createSaved();
  records.put('group', aGroup('b'));
  records.put('group', aGroup('a'));
  records.put('group', aGroup('gone'));
  records.delete('group', 'gone');
  records.delete('project', 'p1');
  expect(new Map(changesOf(records.snapshot()))).toEqual(saved);
  const restored = new Records(restoreRecords(directory, saved.values()));
  expect(restored.all('group').map(({ id }) => id)).toEqual(['b', 'a']);
  expect(restored.all('project').map(({ id }) => id)).toEqual(['p2']);
});
