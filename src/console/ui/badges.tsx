import type { SessionEntry } from '../session/session.ts';
import { statusClass } from './format.ts';

/** The status of a response with its color. */
export function StatusBadge({ status }: { readonly status: number }) {
  return <span class={`status status-${statusClass(status)}`}>{status === 0 ? '—' : status}</span>;
}

/** What produced a response, as a letter with its color. */
export function SourceBadge({ entry }: { readonly entry: Pick<SessionEntry, 'source' | 'fault'> }) {
  const { source, fault } = entry;
  if (source === 'natural' && fault === undefined) return null;
  const text = source === 'injected' || fault !== undefined ? 'injected' : 'profile';
  return <span class={`badge badge-${text}`}>{fault === undefined ? text : fault.kind}</span>;
}
