import { useTranslations } from 'next-intl';
import { Figure, Figures } from '../ui/figure.tsx';
import { Epsilon } from '../ui/quantity.tsx';

export function FigureSamples() {
  const t = useTranslations('design.figures');
  return (
    <Figures>
      <Figure
        label={t('left')}
        term="remaining"
        value="1,204"
        unit={t('questions')}
        comparison={{ tone: 'ok', text: t('enough') }}
        link={{ href: '/budgets', label: t('budgets') }}
      />
      <Figure
        label={t('latency')}
        value="1.9"
        unit="s"
        comparison={{ tone: 'attention', text: t('nearTarget') }}
      />
      <Figure
        label={t('spent')}
        value="0.42"
        unit="ε"
        note={<Epsilon epsilon={10} delta="0.00001" />}
        comparison={{ tone: 'danger', text: t('over') }}
      />
      <Figure label={t('unknown')} value={null} note={t('unknownText')} />
    </Figures>
  );
}
