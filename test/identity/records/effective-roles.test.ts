import { describe, expect, test } from '@jest/globals';
import {
  type GrantRecord,
  grantId,
  type ProjectRecord,
  type RoleRecord,
} from '../../../src/identity/records/record.ts';
import { RecordIndex } from '../../../src/identity/records/record-index.ts';
import { Records } from '../../../src/identity/records/records.ts';
import { initialRecords } from '../../../src/identity/records/records-state.ts';
import { aDirectory } from './builders.ts';

const aProject = (id: string, parentId: string): ProjectRecord => ({
  id,
  name: id,
  domain_id: 'default',
  description: '',
  enabled: true,
  parent_id: parentId,
  is_domain: false,
  tags: [],
  options: {},
});

const aRole = (id: string, domainId: string | null = null): RoleRecord => ({
  id,
  name: id,
  domain_id: domainId,
  description: null,
  options: {},
});

/** A tree of projects: `top` with `child`, and the roles `a`, which implies `b`, and `d` of the domain. */
function create(): { readonly records: Records; readonly index: RecordIndex } {
  const records = new Records(initialRecords(aDirectory()));
  records.put('project', aProject('top', 'default'));
  records.put('project', aProject('child', 'top'));
  for (const role of [aRole('a'), aRole('b'), aRole('d', 'default')]) records.put('role', role);
  records.put('implied-role', { id: 'a:b', prior_role_id: 'a', implied_role_id: 'b' });
  return { records, index: new RecordIndex(records) };
}

/** Grants the role `a` to the user `u`, unless something else is given. */
function grant(records: Records, given: Partial<GrantRecord>): GrantRecord {
  const parts = {
    actor_type: 'user',
    actor_id: 'u',
    target_type: 'project',
    target_id: 'top',
    role_id: 'a',
    inherited: false,
    ...given,
  } as const;
  const record = { ...parts, id: grantId(parts) };
  records.put('grant', record);
  return record;
}

const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

describe('roles in a project', () => {
  test('are the granted ones with those they imply', () => {
    const { records, index } = create();
    grant(records, {});
    expect(names(index.roles('u', 'top'))).toEqual(['a', 'b']);
    expect(names(index.roles('u', 'child'))).toEqual([]);
  });

  test('come from groups too', () => {
    const { records, index } = create();
    records.put('membership', { id: 'g:u', group_id: 'g', user_id: 'u' });
    grant(records, { actor_type: 'group', actor_id: 'g' });
    expect(names(index.roles('u', 'top'))).toEqual(['a', 'b']);
    expect(names(index.projects('u'))).toEqual(['top']);
  });

  test('are inherited from the projects above and from the domain, but not by the project of the grant', () => {
    const { records, index } = create();
    grant(records, { inherited: true });
    grant(records, { target_type: 'domain', target_id: 'default', role_id: 'b', inherited: true });
    expect(names(index.roles('u', 'top'))).toEqual(['b']);
    expect(names(index.roles('u', 'child'))).toEqual(['a', 'b']);
    expect(names(index.rolesInDomain('u', 'default'))).toEqual([]);
    expect(names(index.projects('u'))).toEqual(['child', 'one', 'two', 'top']);
  });

  test('do not contain roles of domains, only what these imply', () => {
    const { records, index } = create();
    grant(records, { role_id: 'd' });
    expect(names(index.projects('u'))).toEqual([]);
    records.put('implied-role', { id: 'd:b', prior_role_id: 'd', implied_role_id: 'b' });
    expect(names(index.roles('u', 'top'))).toEqual(['b']);
  });

  test('end with the grant, the role or the project', () => {
    const { records, index } = create();
    const { id } = grant(records, {});
    expect(index.roles('u', 'top')).toHaveLength(2);
    records.delete('grant', id);
    expect(index.roles('u', 'top')).toEqual([]);
    grant(records, {});
    records.delete('role', 'a');
    expect(index.roles('u', 'top')).toEqual([]);
    expect(records.all('grant')).toEqual([]);
  });
});

test('roles that imply each other are listed once', () => {
  const { records, index } = create();
  records.put('implied-role', { id: 'b:a', prior_role_id: 'b', implied_role_id: 'a' });
  grant(records, { target_type: 'system', target_id: 'system' });
  expect(names(index.rolesInSystem('u'))).toEqual(['a', 'b']);
});

test('the directory shows changes of the records', () => {
  const { records, index } = create();
  grant(records, {});
  expect(names(index.directory.projects)).toEqual(['one', 'two', 'top', 'child']);
  expect(index.directory.assignments).toEqual([{ userId: 'u', projectId: 'top', roles: ['a'] }]);
  expect(index.directory).toBe(index.directory);
});
