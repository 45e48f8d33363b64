'use client';

import type { ReactNode } from 'react';
import { buttonStyles } from './button.tsx';
import { useOnDemand } from './use-on-demand.ts';

const load = () => import('./menu-parts.tsx');
export type MenuParts = Awaited<ReturnType<typeof load>>;

type MenuProps = {
  label: string;
  /** An icon, unless `words` says that it reads as a button by itself. */
  trigger: ReactNode;
  words?: boolean;
  /** What it lists, of the parts that come with it. */
  children: (parts: MenuParts) => ReactNode;
};

/** A button that opens a list of actions or choices. `label` names the button. */
export function Menu({ label, trigger, words = false, children }: MenuProps) {
  const { part, ref, button } = useOnDemand(load, { opensByArrows: true });
  const common = {
    ref,
    ...(words ? {} : { 'aria-label': label, title: label }),
    className: buttonStyles(words ? { size: 'sm' } : { variant: 'quiet', size: 'icon' }),
    children: trigger,
  };
  if (part) return <part.MenuSurface trigger={common}>{children(part)}</part.MenuSurface>;
  return <button type="button" aria-haspopup="menu" aria-expanded={false} {...button} {...common} />;
}
