import type { ComponentChildren } from 'preact';

/** What a view says when it has nothing to show. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}
