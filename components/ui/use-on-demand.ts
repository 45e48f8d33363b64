'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

/** Shorter than the rest of a hand that reads, longer than a press takes. */
const HOVER_MS = 150;
/** The real button listens by then. */
const LISTENS_AFTER_MS = 50;

type Options = {
  /** It opens on hover too: then a pointer that rests is enough to fetch it. */
  opensOnHover?: boolean;
  /** The arrow keys open it, as those of a menu or a list do. */
  opensByArrows?: boolean;
};

/** Tells a button that has come to lie under a pointer at rest what it would hear of one that moves onto it. */
function enter(button: HTMLButtonElement): void {
  button.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
  button.dispatchEvent(new MouseEvent('mouseenter'));
  button.dispatchEvent(new MouseEvent('mousemove', { bubbles: true }));
}

/**
 * What opens from a button, fetched when it is first wanted: pages do without the library for such surfaces until then.
 * Before, a plain button stands there (`button` are its handlers); afterwards the real one, which takes over `ref`, the
 * focus and the press. Where it cannot be fetched, the next press tries again.
 */
export function useOnDemand<Part>(
  load: () => Promise<Part>,
  { opensOnHover = false, opensByArrows = false }: Options = {},
) {
  const [part, setPart] = useState<Part | null>(null);
  const ref = useRef<HTMLButtonElement>(null);
  const todo = useRef({ press: false, focus: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const fetchPart = () => load().catch(() => null);

  async function take(press: boolean) {
    todo.current.press ||= press;
    const found = await fetchPart();
    if (found === null) {
      todo.current.press = false;
      return;
    }
    todo.current.focus = press || document.activeElement === ref.current;
    setPart(() => found);
  }

  useEffect(() => {
    if (part === null) return;
    const { press, focus } = todo.current;
    todo.current = { press: false, focus: false };
    if (focus) ref.current?.focus();
    if (press) ref.current?.click();
    else if (opensOnHover) {
      // Only once the surface has heard of its trigger, which takes it another rendering.
      const rest = setTimeout(() => {
        if (ref.current?.matches(':hover')) enter(ref.current);
      }, LISTENS_AFTER_MS);
      return () => clearTimeout(rest);
    }
    return undefined;
  }, [part, opensOnHover]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    part,
    ref,
    button: {
      onFocus: () => void fetchPart(),
      onPointerEnter: () => {
        void fetchPart();
        if (opensOnHover) timer.current = setTimeout(() => void take(false), HOVER_MS);
      },
      onPointerLeave: () => clearTimeout(timer.current),
      onClick: () => {
        clearTimeout(timer.current);
        void take(true);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (!opensByArrows || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
        event.preventDefault();
        void take(true);
      },
    },
  };
}
