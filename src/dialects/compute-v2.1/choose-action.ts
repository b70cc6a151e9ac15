import { isObject } from '../../base/json.ts';
import type { Call, Operation } from '../../contract/contract.ts';
import { parseJson } from '../shared/json-body.ts';
import { aggregateOperations } from './aggregates/contract.ts';
import { flavorChangeOperations } from './flavors/change-contract.ts';
import { actionOperations } from './servers/action-contract.ts';

const ACTIONS: Readonly<Record<string, Operation>> = {
  ...actionOperations,
  ...flavorChangeOperations,
  ...aggregateOperations,
};

/** Ids of the operations by the member of the body that names the action. */
const BY_MEMBER: ReadonlyMap<string, string> = new Map(
  Object.entries(ACTIONS).flatMap(([id, { discriminator }]) =>
    discriminator === undefined ? [] : [[discriminator.slice('body: '.length), id] as const],
  ),
);

/** Operations that reject bodies which name no action of the resource. */
const FALLBACKS: ReadonlySet<string> = new Set(['createServerImage', 'addFlavorAccess', 'setAggregateMetadata']);

/** Chooses among the actions on one resource. A body that names none of them goes to an operation that rejects it. */
export function chooseAction(ids: readonly string[], call: Pick<Call, 'body'>): string {
  const names = membersOf(call);
  const named = names.length === 1 ? BY_MEMBER.get(names[0] as string) : undefined;
  if (named !== undefined && ids.includes(named)) return named;
  return ids.find((id) => FALLBACKS.has(id)) ?? (ids[0] as string);
}

/** The names of the members of a body; none for a body that is not an object. */
export function membersOf({ body }: Pick<Call, 'body'>): readonly string[] {
  try {
    const json = body && parseJson(body);
    return isObject(json) ? Object.keys(json) : [];
  } catch {
    return [];
  }
}

/** Whether Nova can take one name from a body: the only member of an object, or of a list or text, where it then finds no name. */
export function namesOneAction({ body }: Pick<Call, 'body'>): boolean {
  try {
    const json = body && parseJson(body);
    if (isObject(json)) return Object.keys(json).length <= 1;
    return !(Array.isArray(json) || typeof json === 'string') || json.length === 1;
  } catch {
    return true;
  }
}
