import { NEWER_ROLES, WITH_MANAGER } from './bootstrap-roles.ts';
import { joinIds } from './record.ts';
import { indexValue } from './record-kinds.ts';
import type { Records } from './records.ts';

/**
 * Gives records the roles of an installation with `manager`, as an upgrade of the service does. Roles with these names that exist
 * stay as they are.
 * @param newId - returns the id of a new role.
 */
export function addManagerRole(records: Records, newId: (name: string) => string): void {
  const idOf = (name: string): string | undefined => records.first('role', 'name', indexValue(name, null))?.id;
  for (const name of NEWER_ROLES) {
    if (idOf(name) !== undefined) continue;
    records.put('role', { id: newId(name), name, domain_id: null, description: null, options: { immutable: true } });
  }
  for (const [prior, implied] of WITH_MANAGER.implied) {
    const [priorId, impliedId] = [idOf(prior), idOf(implied)];
    if (priorId === undefined || impliedId === undefined) continue;
    const id = joinIds(priorId, impliedId);
    if (!records.has('implied-role', id)) {
      records.put('implied-role', { id, prior_role_id: priorId, implied_role_id: impliedId });
    }
  }
  const [admin, member] = [idOf('admin'), idOf('member')];
  if (admin !== undefined && member !== undefined) records.delete('implied-role', joinIds(admin, member));
}
