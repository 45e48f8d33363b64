import { useTranslations } from 'next-intl';
import type { FiringAlert } from '#lib/alerts/firing-alerts';
import { Panel } from '../ui/panel.tsx';
import { StateBadge, type Tone } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { useAlertWords } from './use-alert-words.ts';

const TONES: Record<FiringAlert['severity'], Tone> = {
  critical: 'danger',
  warning: 'attention',
  info: 'info',
};

/** What is wrong now, with what to do about each. Nothing is shown while nothing is. */
export function AlertsPanel({ alerts }: { alerts: FiringAlert[] }) {
  const t = useTranslations('alerts');
  const words = useAlertWords();
  if (alerts.length === 0) return null;
  return (
    <Panel title={<span id="alerts">{t('panel')}</span>} flush>
      <ul className="divide-y">
        {alerts.map(({ id, code, severity, nodeName, raisedAt }) => (
          <li key={id} className="flex flex-col gap-1 px-4 py-3">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StateBadge tone={TONES[severity]}>{t(`severities.${severity}`)}</StateBadge>
              <span className="font-medium">
                {words.title(code)}
                {nodeName ? ` (${nodeName})` : ''}
              </span>
            </div>
            <p className="text-sm">{words.text(code)}</p>
            <p className="text-muted text-sm">
              {t.rich('since', { at: () => <Time short at={raisedAt} /> })}
            </p>
          </li>
        ))}
      </ul>
      <p className="border-t px-4 py-3 text-muted text-sm">{t('panelNote')}</p>
    </Panel>
  );
}
