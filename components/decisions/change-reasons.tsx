import { useTranslations } from 'next-intl';
import type { ChangeDetail } from '#lib/budgets/changes/get-change';
import { Panel } from '../ui/panel.tsx';

type Voice = { key: 'asked' | 'proposed' | 'decided'; by: string | null; text: string };

/** Why: in the words of who asked, who proposed and who decided. */
export function ChangeReasons({ change }: { change: ChangeDetail }) {
  const t = useTranslations('decisions');
  const { asked, proposedBy, decidedBy, decisionReason } = change;
  const voices: Voice[] = [
    ...(asked ? [{ key: 'asked' as const, by: asked.by, text: asked.reason }] : []),
    { key: 'proposed', by: proposedBy, text: change.reason },
    ...(decisionReason ? [{ key: 'decided' as const, by: decidedBy, text: decisionReason }] : []),
  ];
  return (
    <Panel title={t('reasons.title')}>
      <ol className="flex flex-col gap-4">
        {voices.map(({ key, by, text }) => (
          <li key={key} className="flex flex-col border-line-strong border-l pl-3 text-sm">
            <span className="text-muted">{t(`reasons.${key}`, { by: by ?? t('unknown') })}</span>
            <span className="break-words whitespace-pre-line">{text}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
