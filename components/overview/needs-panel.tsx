import {
  BellRing,
  CircleCheck,
  Gavel,
  KeyRound,
  type LucideIcon,
  MailQuestion,
  ShieldAlert,
  TrendingUp,
  Unplug,
} from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatShare } from '#lib/i18n/quantities';
import type { Need } from '#lib/overview/needs';
import { useAlertWords } from '../alerts/use-alert-words.ts';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

const ICONS: Record<Need['kind'], LucideIcon> = {
  alert: BellRing,
  changeProposed: Gavel,
  admissionProposed: Gavel,
  moreAsked: TrendingUp,
  nodeAway: Unplug,
  account: ShieldAlert,
  keyExpires: KeyRound,
  invitationOpen: MailQuestion,
};

/** What calls for somebody, each with the place where it is looked after. */
export function NeedsPanel({ needs }: { needs: Need[] }) {
  const t = useTranslations('overview.needs');
  return (
    <Panel title={<span id="needs">{t('title')}</span>} flush>
      {needs.length === 0 ? (
        <Empty icon={CircleCheck} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      ) : (
        <ul className="divide-y">
          {needs.map((need) => (
            <NeedRow key={`${need.kind} ${need.id}`} need={need} />
          ))}
        </ul>
      )}
      <p className="border-t px-4 py-3 text-muted text-sm">{t('notYet')}</p>
    </Panel>
  );
}

function NeedRow({ need }: { need: Need }) {
  const Icon = ICONS[need.kind];
  const { href, text, note } = useWords(need);
  return (
    <li className="relative flex items-start gap-3 px-4 py-3 hover:bg-sunken">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-attention" />
      <div className="flex min-w-0 flex-col">
        <Link href={href} prefetch={false} className="font-medium after:absolute after:inset-0">
          {text}
        </Link>
        <span className="text-muted text-sm">{note}</span>
      </div>
    </li>
  );
}

function useWords(need: Need): { href: string; text: string; note: ReactNode } {
  const t = useTranslations('overview.needs');
  const kinds = useTranslations('accountKinds');
  const severities = useTranslations('alerts.severities');
  const alerts = useAlertWords();
  const locale = useLocale();
  const { name } = need;
  switch (need.kind) {
    case 'alert': {
      const at = () => <Time short at={need.raisedAt} />;
      const severity = severities(need.severity);
      return { href: '/audit', text: alerts.title(name), note: t.rich('alertSince', { severity, at }) };
    }
    case 'changeProposed': {
      const at = () => <Time short at={need.at} />;
      const text = t('changeProposed', { name });
      return { href: `/decisions/${need.id}`, text, note: t.rich('changeNote', { at }) };
    }
    case 'admissionProposed': {
      const at = () => <Time short at={need.at} />;
      const text = t('admissionProposed', { name });
      return { href: `/nodes/${need.id}`, text, note: t.rich('changeNote', { at }) };
    }
    case 'moreAsked': {
      const at = () => <Time short at={need.at} />;
      return { href: '/decisions', text: t('moreAsked', { name }), note: t.rich('moreNote', { at }) };
    }
    case 'nodeAway': {
      const { lastHeardAt } = need;
      const at = () => (lastHeardAt ? <Time short at={lastHeardAt} /> : null);
      return {
        href: `/nodes/${need.id}`,
        text: t('nodeAway', { name }),
        note: lastHeardAt ? t.rich('nodeHeard', { at }) : t('nodeNever'),
      };
    }
    case 'account': {
      const { runsOutOn, holder, usedUp } = need;
      const share = formatShare(need.usedShare, locale);
      return {
        href: `/budgets/${need.id}`,
        text: usedUp
          ? t('accountUsedUp', { name })
          : t(runsOutOn ? 'accountRunsOut' : 'accountNearCap', { name, share }),
        note: runsOutOn
          ? t('runsOutOn', { kind: kinds(holder), day: new Date(`${runsOutOn}T12:00:00Z`) })
          : kinds(holder),
      };
    }
    case 'keyExpires': {
      const at = () => <Time short at={need.expiresAt} />;
      return { href: '/keys', text: t('keyExpires', { name }), note: t.rich('expires', { at }) };
    }
    case 'invitationOpen': {
      const at = () => <Time short at={need.expiresAt} />;
      return { href: '/members', text: t('invitationOpen', { name }), note: t.rich('expires', { at }) };
    }
  }
}
