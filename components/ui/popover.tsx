'use client';

import type { ReactNode } from 'react';
import { buttonStyles } from './button.tsx';
import { useOnDemand } from './use-on-demand.ts';

const load = () => import('./popover-surface.tsx');

type Props = {
  /** Names the button and what opens. */
  label: string;
  trigger: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  busy?: boolean;
  children: ReactNode;
};

/** A button that opens a small surface with controls of its own. */
export function Popover({ label, trigger, open, onOpenChange, busy = false, children }: Props) {
  const { part, ref, button } = useOnDemand(load);
  const common = { ref, 'aria-busy': busy, className: buttonStyles({ size: 'sm' }), children: trigger };
  if (!part)
    return <button type="button" aria-haspopup="dialog" aria-expanded={false} {...button} {...common} />;
  return (
    <part.PopoverSurface label={label} open={open} onOpenChange={onOpenChange} trigger={common}>
      {children}
    </part.PopoverSurface>
  );
}
