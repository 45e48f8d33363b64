import { useTranslations } from 'next-intl';
import type { PromiseCheck, PromiseReport } from '#lib/overview/promise-checks';
import { useAlertWords } from '../alerts/use-alert-words.ts';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';

const TONES = { kept: 'ok', broken: 'danger', notMade: 'attention' } as const;
const FAULTS = ['signature', 'root', 'size', 'waiting'] as const;

/** What was recomputed to say that the promise is kept, and what was found. */
export function PromisePanel({ report }: { report: PromiseReport }) {
  const t = useTranslations('overview.promise');
  return (
    <Panel
      title={<span id="promise">{t('title')}</span>}
      actions={
        <span className="text-muted text-sm">
          {t.rich('checked', { at: () => <Time at={report.checkedAt} /> })}
        </span>
      }
      flush
    >
      <ul className="divide-y">
        {report.checks.map((check) => (
          <li key={check.name} className="flex flex-col gap-1 px-4 py-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="font-medium">{t(`checks.${check.name}`)}</span>
              <StateBadge tone={TONES[check.state]}>{t(`states.${check.state}`)}</StateBadge>
            </div>
            <p className="text-muted text-sm">
              {check.state === 'notMade' ? t('notMade') : t(`how.${check.name}`, { count: check.checked })}
            </p>
            <Violations check={check} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Violations({ check }: { check: PromiseCheck }) {
  const t = useTranslations('overview.promise');
  const alerts = useAlertWords();
  if (check.violations.length === 0) return null;
  const faultOf = (id: string) => FAULTS.find((fault) => fault === id);
  return (
    <ul className="list-disc pl-5 text-danger text-sm">
      {check.violations.map(({ id, name }) => {
        const fault = faultOf(id);
        const words = check.name === 'alerts' ? alerts.title(name) : name;
        return <li key={id}>{fault ? t(`faults.${fault}`) : words}</li>;
      })}
    </ul>
  );
}
