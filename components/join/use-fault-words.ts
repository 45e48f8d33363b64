import { useTranslations } from 'next-intl';
import { MAX_PASSWORD, MIN_PASSWORD, type PasswordFault } from '#lib/identity/new-password';

/** What is wrong with a password, in words. */
export function useFaultWords() {
  const t = useTranslations('join.faults');
  return (fault: PasswordFault) => t(fault, { min: MIN_PASSWORD, max: MAX_PASSWORD });
}
