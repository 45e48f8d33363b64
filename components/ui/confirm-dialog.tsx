'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { Skeleton } from './skeleton.tsx';

// The form brings the form library and its checks: they come when a decision is made, not with every page.
const ConfirmForm = dynamic(() => import('./confirm-form.tsx').then((module) => module.ConfirmForm), {
  ssr: false,
  loading: () => <Skeleton className="h-40 w-full" />,
});

export type Confirmation = {
  /** The button that does it, by its verb: "Stop the node". */
  action: string;
  tone?: 'danger' | 'primary';
  /** Asks for a reason, which is given to `onConfirm`; else that gets an empty one. */
  reason?: { label?: string; hint?: string; minLength?: number } | null;
  /** Has a name typed first, for what can never be undone. */
  typed?: { expected: string; label: string } | null;
  /**
   * Does it. Throw to keep the dialog open: an ApiProblem shows its words and reference, anything else a general
   * sentence.
   */
  onConfirm: (reason: string) => Promise<void>;
};

type Props = Confirmation & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** What changes, in numbers: "raises the dataset's guarantee from ε 10.0 to ε 12.0 for 2,014 patients". */
  consequence?: ReactNode;
};

/** A decision: what it does in numbers, why, and the verb. Pressing beside it does not lose what was written. */
export function ConfirmDialog({ open, onOpenChange, title, description, consequence, ...rest }: Props) {
  return (
    <Dialog keep open={open} onOpenChange={onOpenChange} title={title} description={description}>
      {consequence}
      <ConfirmForm {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}
