import type { ReleaseChange } from '../contract/contract.ts';
import { changesBetween, type ReleaseSpan } from '../contract/release-changes.ts';
import { DIALECTS } from '../dialects/index.ts';
import type { Entry } from '../journal/entry.ts';
import { differencesOf, pairRequests, plainUrl, type RequestPair } from './compare-responses.ts';
import type { CheckedRuns } from './judge.ts';
import type { ChangedRequest, UpgradeReport } from './report.ts';

/** Lists the requests that differ between the releases, and not already between two runs in the older one. */
export function changedRequests(
  { from, again, to }: CheckedRuns,
  changesOf: (operation: string) => readonly ReleaseChange[],
): readonly ChangedRequest[] {
  const earlier = pairRequests(from.entries, again.entries);
  const unstable = new Map(earlier.map((pair) => [pair.key, new Set(differencesOf(pair).map(({ field }) => field))]));
  const varying = new Set(earlier.filter(isAlone).map(operationOf));
  return pairRequests(from.entries, to.entries).flatMap((pair) => {
    const differences = differencesOf(pair).filter(({ field }) => unstable.get(pair.key)?.has(field) !== true);
    const isIgnored = isAlone(pair) ? varying.has(operationOf(pair)) : differences.length === 0;
    return isIgnored ? [] : [toChanged(pair, differences, changesOf)];
  });
}

/** Whether only one of two runs sends a request. */
const isAlone = ({ from, to }: RequestPair): boolean => from === undefined || to === undefined;

const operationOf = ({ from, to }: RequestPair): string | null => from?.operation ?? to?.operation ?? null;

function toChanged(
  pair: RequestPair,
  differences: ChangedRequest['differences'],
  changesOf: (operation: string) => readonly ReleaseChange[],
): ChangedRequest {
  const { from, to } = pair;
  const operation = operationOf(pair);
  const entry = (from ?? to) as Entry;
  return {
    operation,
    method: entry.method,
    url: plainUrl(entry),
    from: sideOf(from),
    to: sideOf(to),
    differences,
    changes: operation === null ? [] : changesOf(operation),
  };
}

const sideOf = (entry: Entry | undefined): ChangedRequest['from'] =>
  entry === undefined ? null : { entry: entry.id, status: entry.status };

/** Returns a function that lists the known changes of an operation, without those that concern all operations. */
export function changesByOperation(span: ReleaseSpan): (operation: string) => readonly ReleaseChange[] {
  const changes = new Map(DIALECTS.map(({ contract }) => [contract.name, changesBetween(contract, span)] as const));
  return (operation) => {
    const [dialect = '', id = ''] = operation.split('.');
    return (changes.get(dialect as never) ?? []).filter(({ operations }) => operations.includes(id));
  };
}

/** Operations that were called and have changed, although none of their responses differ. */
export function unseenChanges(
  { from, to }: CheckedRuns,
  requests: readonly ChangedRequest[],
  changesOf: (operation: string) => readonly ReleaseChange[],
): UpgradeReport['unseen'] {
  const seen = new Set(requests.map(({ operation }) => operation));
  const called = new Set([...from.entries, ...to.entries].map(({ operation }) => operation));
  return [...called].flatMap((operation) => {
    if (operation === null || seen.has(operation)) return [];
    const changes = changesOf(operation);
    return changes.length === 0 ? [] : [{ operation, changes }];
  });
}

/** Says what differs between two runs in the older release. */
export function notesOn({ from, again }: CheckedRuns): readonly string[] {
  const pairs = pairRequests(from.entries, again.entries);
  const alone = pairs.filter(isAlone).length;
  const varying = pairs.filter((pair) => differencesOf(pair).length > 0).length;
  return [
    ...(alone === 0
      ? []
      : [`requests that only one of two runs in the older release sends, and that are not compared: ${alone}`]),
    ...(varying === 0
      ? []
      : [`responses that differ between two runs in the older release, and are not compared there: ${varying}`]),
  ];
}
