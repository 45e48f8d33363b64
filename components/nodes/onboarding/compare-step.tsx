import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Notice } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { ConfirmWords } from './confirm-words.tsx';
import { RenewInvite } from './renew-invite.tsx';
import { SixWords } from './six-words.tsx';

/** The six words: ticked one by one by an administrator to whom the hospital reads them, shown to everybody else. */
export function CompareStep({ onboarding }: { onboarding: Onboarding }) {
  const t = useTranslations('onboarding.compare');
  const { words, enrolledAt, enrolledBuild, may, nodeId, name } = onboarding;
  if (!words) return null;
  return (
    <>
      <p className="text-sm">
        {t('text')}{' '}
        {enrolledAt
          ? t.rich('enrolled', { at: () => <Time short at={enrolledAt} />, build: enrolledBuild ?? '–' })
          : null}
      </p>
      {may.change ? (
        <ConfirmWords key={words.join(' ')} nodeId={nodeId} words={words} />
      ) : (
        <SixWords words={words} />
      )}
      {may.invite ? (
        <Notice
          tone="info"
          title={t('differ')}
          actions={<RenewInvite nodeId={nodeId} name={name} label={t('differAction')} />}
        >
          {t('differText')}
        </Notice>
      ) : null}
    </>
  );
}
