import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type Tone = 'ok' | 'attention' | 'danger' | 'info' | 'neutral';

const TONES: Record<Tone, { icon: LucideIcon; text: string; soft: string; edge: string }> = {
  ok: { icon: CircleCheck, text: 'text-ok', soft: 'bg-ok-soft', edge: 'border-ok' },
  attention: {
    icon: TriangleAlert,
    text: 'text-attention',
    soft: 'bg-attention-soft',
    edge: 'border-attention',
  },
  danger: { icon: CircleX, text: 'text-danger', soft: 'bg-danger-soft', edge: 'border-danger' },
  info: { icon: Info, text: 'text-info', soft: 'bg-info-soft', edge: 'border-info' },
  neutral: { icon: Info, text: 'text-muted', soft: 'bg-sunken', edge: 'border-line-strong' },
};

/** The icon alone, for where the words stand beside it. */
export function StateIcon({ tone, className }: { tone: Tone; className?: string }) {
  const { icon: Icon, text } = TONES[tone];
  return <Icon aria-hidden className={cn('size-4 shrink-0', text, className)} />;
}

type BadgeProps = { tone: Tone; icon?: LucideIcon; children: ReactNode };

/** State is always an icon, a word and a colour together. */
export function StateBadge({ tone, icon, children }: BadgeProps) {
  const { icon: Default, text, soft } = TONES[tone];
  const Icon = icon ?? Default;
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1 rounded-full px-2 py-0.5 font-medium text-xs whitespace-nowrap',
        text,
        soft,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {children}
    </span>
  );
}

/** The same without a ground, for a line of text. */
export function StateWord({ tone, icon, children }: BadgeProps) {
  const { icon: Default, text } = TONES[tone];
  const Icon = icon ?? Default;
  return (
    <span className={cn('inline-flex items-start gap-1.5 text-sm', text)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </span>
  );
}

type NoticeProps = {
  tone: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announce it: for what appears after an action, not for what was on the page all along. */
  live?: boolean;
};

/** A message in the flow of a page: what happened, what is safe, what to do. */
export function Notice({ tone, title, children, actions, live = false }: NoticeProps) {
  const { icon: Icon, text, soft, edge } = TONES[tone];
  return (
    <div role={live ? 'alert' : undefined} className={cn('flex gap-3 rounded-md border-l-4 p-3', soft, edge)}>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', text)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-sm">
        <p className="font-medium">{title}</p>
        {children ? <div className="flex flex-col gap-1">{children}</div> : null}
        {actions ? <div className="mt-1 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
