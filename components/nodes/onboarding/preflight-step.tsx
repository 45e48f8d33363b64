import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import type { PreflightLine } from '#lib/nodes/onboarding/preflight';
import { StateWord, type Tone } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { TypeThere } from './type-there.tsx';

const TONES: Record<PreflightLine['outcome'], Tone> = { passed: 'ok', failed: 'danger', skipped: 'neutral' };

/** The hospital's own look at its way here, line by line, with what to do where something failed. */
export function PreflightStep({ preflight }: { preflight: Onboarding['preflight'] }) {
  const t = useTranslations('onboarding.preflight');
  if (!preflight)
    return <TypeThere command="npx fdlr node preflight --config node/node.json" hint={t('hint')} />;
  const { lines, at } = preflight;
  return (
    <>
      <ul aria-label={t('list')} className="flex flex-col gap-2">
        {lines.map((line) => (
          <li key={line.check} className="grid gap-x-4 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
            <StateWord tone={TONES[line.outcome]}>
              {t(`checks.${line.check}`)}
              <span className="sr-only">: {t(`outcomes.${line.outcome}`)}</span>
            </StateWord>
            <span className="flex min-w-0 flex-col break-words">
              {line.found}
              {line.remedy ? <span className="font-medium">{line.remedy}</span> : null}
            </span>
          </li>
        ))}
      </ul>
      {at ? <p className="text-muted text-sm">{t.rich('at', { at: () => <Time short at={at} /> })}</p> : null}
    </>
  );
}
