import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { OwnFactor } from '#lib/identity/second-factor/own-factor';
import { Panel, Properties } from '../ui/panel.tsx';
import { StateBadge, StateWord } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { EnrolButton } from './enrol-button.tsx';
import { FactorActions } from './factor-actions.tsx';

/** From here on somebody runs out of ways back in. */
const FEW_CODES = 3;

/** The reader's own second factor: whether there is one, what is left of its recovery codes, and what to do. */
export function SecurityPanel({ factor }: { factor: OwnFactor }) {
  const t = useTranslations('settings.security');
  return (
    <Panel title={t('title')}>
      <div className="flex flex-col gap-4">
        <p className="text-muted text-sm">{t('text')}</p>
        <Properties
          items={[
            {
              name: t('app'),
              value: (
                <StateBadge tone={factor ? 'ok' : 'neutral'} icon={factor ? ShieldCheck : ShieldOff}>
                  {t(factor ? 'on' : 'off')}
                </StateBadge>
              ),
            },
            ...(factor
              ? [
                  { name: t('since'), value: <Time short at={factor.since} /> },
                  {
                    name: t('codesLeft'),
                    value:
                      factor.codesLeft <= FEW_CODES ? (
                        <StateWord tone="attention">{t('fewLeft', { count: factor.codesLeft })}</StateWord>
                      ) : (
                        t('left', { count: factor.codesLeft })
                      ),
                  },
                ]
              : []),
          ]}
        />
        {factor ? (
          <FactorActions />
        ) : (
          <div>
            <EnrolButton />
          </div>
        )}
      </div>
    </Panel>
  );
}
