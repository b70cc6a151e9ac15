import type { Cloud } from '../../../cloud.ts';
import type { ContentFault, Inspection } from '../../../domain/images/inspect-content.ts';
import { DomainError } from '../../../domain/problem.ts';
import { type GlanceError, unsupportedMediaType } from '../../glance/errors.ts';
import { peekSince, since } from '../profiles.ts';

/** Returns how the service compares content with the disk format of its image; `undefined` if it does not. */
export function inspectionIn(cloud: Cloud): Inspection | undefined {
  if (!peekSince(cloud, '2025.1')) return undefined;
  return peekSince(cloud, '2026.2') ? 'partitions' : 'kind';
}

type RejectedContent = ContentFault & { readonly diskFormat: string };

/** Returns the 415 for content that was rejected; `undefined` for other errors. */
export function rejectedContent(error: unknown, cloud: Cloud): GlanceError | undefined {
  if (!(error instanceof DomainError)) return undefined;
  const { problem } = error;
  if (problem.kind !== 'invalid-value' || problem.attribute !== 'content') return undefined;
  since(cloud, '2025.1');
  const detail = since(cloud, '2026.2') ? detailOf(problem.value as RejectedContent) : '';
  return unsupportedMediaType('application/octet-stream', undefined, detail);
}

function detailOf(rejected: RejectedContent): string {
  switch (rejected.reason) {
    case 'mismatch':
      return `Image disk_format ${rejected.diskFormat} does not match stream data ${rejected.found}`;
    case 'incomplete':
      return 'Incomplete file cannot be safety checked';
    default:
      return 'Image failed safety checks';
  }
}
