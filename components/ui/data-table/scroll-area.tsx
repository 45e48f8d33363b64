'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { cn } from '../cn.ts';

type Props = { label: string; className?: string; children: ReactNode };

/** Scrolls sideways what is too wide. Only then it takes the focus, so that keys can scroll it. */
export function ScrollArea({ label, className, children }: Props) {
  const area = useRef<HTMLElement>(null);
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={area}
      {...(overflows ? { tabIndex: 0, 'aria-label': label } : {})}
      className={cn('overflow-x-auto focus-visible:-outline-offset-2', className)}
    >
      {children}
    </section>
  );
}
