import { useTranslations } from 'next-intl';
import { Notice } from '../ui/state.tsx';
import type { Refusal as Given } from './attempt.ts';

/** Why nobody is signed in, with how long to wait where that is why. */
export function Refusal({ fault, waitS }: Given) {
  const t = useTranslations('signIn');
  const wait =
    waitS < 60 ? t('seconds', { count: Math.max(1, waitS) }) : t('minutes', { count: Math.ceil(waitS / 60) });
  return (
    <Notice live tone="danger" title={t(`faults.${fault}.title`)}>
      {t(`faults.${fault}.text`, { wait })}
    </Notice>
  );
}
