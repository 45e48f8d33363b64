import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = { icon: LucideIcon; title: ReactNode; children: ReactNode; actions?: ReactNode };

/** An empty place says what will be here and how to get it. */
export function Empty({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <Icon aria-hidden className="size-6 text-muted" />
      <p className="font-medium">{title}</p>
      <p className="max-w-md text-muted text-sm">{children}</p>
      {actions ? <div className="mt-2 flex gap-2">{actions}</div> : null}
    </div>
  );
}
