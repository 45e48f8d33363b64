import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StateBadge } from '../ui/state.tsx';
import { isDemonstrationModel } from './answer-text.ts';

/** Stands wherever text of a demonstration model does, as long as it does. */
export function DemoLabel({ model }: { model: string }) {
  const t = useTranslations('answer');
  if (!isDemonstrationModel(model)) return null;
  return (
    <StateBadge tone="attention" icon={FlaskConical}>
      {t('demoModel')}
    </StateBadge>
  );
}
