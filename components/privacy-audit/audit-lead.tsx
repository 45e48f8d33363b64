import { useTranslations } from 'next-intl';
import { judgeReport, type ReportState } from '#lib/privacy/audit/judge-report';
import type { AuditReport } from '#lib/privacy/audit/report';
import { StateWord, type Tone } from '../ui/state.tsx';

const TONES: Record<ReportState, Tone> = {
  ok: 'ok',
  partial: 'neutral',
  incomplete: 'attention',
  danger: 'danger',
};

/** The report in a sentence. Green only where every claim was judged and every bug was found. */
export function AuditLead({ report }: { report: AuditReport }) {
  const t = useTranslations('privacyAudit.leads');
  const { state, ...counts } = judgeReport(report);
  return (
    <div data-testid="audit-lead" data-state={state} className="text-lg">
      <StateWord tone={TONES[state]}>
        <span className="text-base">{t(state, counts)}</span>
      </StateWord>
    </div>
  );
}
