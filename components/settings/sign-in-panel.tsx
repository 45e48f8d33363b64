import { useTranslations } from 'next-intl';
import type { SignInRules } from '#lib/settings/sign-in-rules';
import { Panel, Properties } from '../ui/panel.tsx';

/** How people prove who they are, from the numbers the code goes by, and what there is not. */
export function SignInPanel({ rules }: { rules: SignInRules }) {
  const t = useTranslations('settings.signIn');
  return (
    <Panel title={t('title')}>
      <div className="flex flex-col gap-4">
        <p className="text-muted text-sm">{t('text')}</p>
        <Properties
          items={[
            { name: t('password'), value: t('passwordText', { min: rules.minPassword }) },
            {
              name: t('secondFactor'),
              value: t('secondFactorText', { codes: rules.recoveryCodes, minutes: rules.proofMinutes }),
            },
            { name: t('session'), value: t('sessionText', { hours: rules.sessionHours }) },
            {
              name: t('failures'),
              value: t('failuresText', {
                free: rules.freeFailures,
                first: rules.firstWaitSeconds,
                longest: rules.longestWaitMinutes,
              }),
            },
            { name: t('invitation'), value: t('invitationText', { hours: rules.invitationHours }) },
            { name: t('missing'), value: t('missingText') },
          ]}
        />
      </div>
    </Panel>
  );
}
