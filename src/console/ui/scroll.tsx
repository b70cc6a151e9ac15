import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A part that scrolls sideways where it is too wide. There it takes the focus, so that the keyboard can scroll it. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const section = element.current;
    if (section === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (section.scrollWidth > section.clientWidth) section.tabIndex = 0;
      else section.removeAttribute('tabindex');
    });
    observer.observe(section);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={element} class="table-scroll" aria-label={label}>
      {children}
    </section>
  );
}
