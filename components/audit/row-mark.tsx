import { Minus, ShieldCheck, ShieldQuestion, ShieldX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StateBadge } from '../ui/state.tsx';
import type { RowResult } from './check-rows.ts';

const LOOKS = {
  none: { tone: 'neutral', icon: Minus },
  holds: { tone: 'ok', icon: ShieldCheck },
  fails: { tone: 'danger', icon: ShieldX },
  unable: { tone: 'attention', icon: ShieldQuestion },
} as const;

/** Whether this browser has found the row in the log. */
export function RowMark({ result }: { result: RowResult | undefined }) {
  const t = useTranslations('audit.rows.checks');
  const state = result ?? 'none';
  return <StateBadge {...LOOKS[state]}>{t(state)}</StateBadge>;
}
