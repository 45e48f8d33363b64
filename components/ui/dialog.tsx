'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';

const DialogSurface = dynamic(() => import('./dialog-surface.tsx').then((module) => module.DialogSurface), {
  ssr: false,
});

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons, the one that acts last. */
  footer?: ReactNode;
  /** From the right edge and full height, for longer things: a form, a detail. */
  side?: boolean;
  /** Stays although somebody presses beside it: what was typed would be lost. */
  keep?: boolean;
  /** Where the focus goes when it closes, where that is not what had it before. */
  returnTo?: () => HTMLElement | null;
};

/** A surface above the page, which waits. It comes when it is first opened, and then stays to close in its own time. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  return wanted ? <DialogSurface {...props} /> : null;
}
