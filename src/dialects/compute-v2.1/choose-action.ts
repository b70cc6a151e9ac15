import { isObject } from '../../base/json.ts';
import type { Call } from '../../contract/contract.ts';
import { parseJson } from '../shared/json-body.ts';
import { actionOperations } from './servers/action-contract.ts';

/** Ids of the operations by the member of the body that names the action. */
const BY_MEMBER: ReadonlyMap<string, string> = new Map(
  Object.entries(actionOperations).map(([id, { discriminator }]) => [discriminator.slice('body: '.length), id]),
);

/** Chooses among the actions on servers. A body that names none of them goes to `createServerImage`, which rejects it. */
export function chooseAction(_ids: readonly string[], call: Pick<Call, 'body'>): string {
  const names = membersOf(call);
  return (names.length === 1 ? BY_MEMBER.get(names[0] as string) : undefined) ?? 'createServerImage';
}

function membersOf({ body }: Pick<Call, 'body'>): readonly string[] {
  try {
    const json = body && parseJson(body);
    return isObject(json) ? Object.keys(json) : [];
  } catch {
    return [];
  }
}
