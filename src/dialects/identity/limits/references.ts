import type { Json } from '../../../base/json.ts';
import { indexValue } from '../../../identity/records/record-kinds.ts';
import type { Records } from '../../../identity/records/records.ts';
import { missing } from '../fields.ts';

/** What limits and registered limits have in common: the resource of a service, in a region or everywhere. */
export const resourceKey = ({ service_id: service, region_id: region, resource_name: name }: Json): string =>
  indexValue(...[service, region, name].map((part) => (typeof part === 'string' ? part : null)));

/** Rejects an unknown service or region. @throws IdentityError `missing`. */
export function assertResource({ service_id: service, region_id: region }: Json, kind: string, records: Records): void {
  if (typeof service === 'string' && !records.has('service', service)) missing('service_id', kind);
  if (typeof region === 'string' && !records.has('region', region)) missing('region_id', kind);
}
