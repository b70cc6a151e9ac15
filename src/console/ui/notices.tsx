import { copy, dismiss, notices } from '../state/actions.ts';

/** Messages about actions, in a corner of the page. */
export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ id, isError, text, issues, curl }) => (
        <div key={id} class={isError ? 'notice notice-error' : 'notice'}>
          <div class="notice-text">
            <strong>{text}</strong>
            {issues.map((issue) => (
              <div key={issue}>{issue}</div>
            ))}
            {curl !== undefined && <code>{curl}</code>}
          </div>
          {curl !== undefined && (
            <button type="button" class="button button-quiet" onClick={() => void copy(curl, 'the curl command')}>
              Copy
            </button>
          )}
          <button type="button" class="button button-quiet" aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
