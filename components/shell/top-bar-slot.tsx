'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { createPortal } from 'react-dom';

const SlotContext = createContext<{
  place: HTMLElement | null;
  setPlace: (place: HTMLElement | null) => void;
}>({
  place: null,
  setPlace: () => {},
});

/** Lets a page put something of its own into the top bar above it: its time range. */
export function TopBar({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return <SlotContext value={{ place, setPlace }}>{children}</SlotContext>;
}

/** Where it comes to stand. */
export function TopBarPlace() {
  const { setPlace } = useContext(SlotContext);
  return <div ref={setPlace} className="flex items-center gap-2" />;
}

/** Stands in the page. */
export function TopBarSlot({ children }: { children: ReactNode }) {
  const { place } = useContext(SlotContext);
  return place ? createPortal(children, place) : null;
}
