import { useTranslations } from 'next-intl';
import { Panel } from '../ui/panel.tsx';

const MEANINGS = [
  'canvas',
  'surface',
  'raised',
  'sunken',
  'line',
  'line-strong',
  'ink',
  'muted',
  'accent',
  'ok',
  'attention',
  'danger',
  'info',
];
const CHART = ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6'];
const SCALE = ['scale-1', 'scale-2', 'scale-3', 'scale-4', 'scale-5'];
const SIZES = ['text-2xl', 'text-xl', 'text-lg', 'text-base', 'text-sm', 'text-xs'];

/** Colours by their token and sizes of type. */
export function TokenSamples() {
  const t = useTranslations('design.tokens');
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      <Panel title={t('colours')}>
        <div className="flex flex-col gap-4">
          <Swatches title={t('meanings')} tokens={MEANINGS} />
          <Swatches title={t('chart')} tokens={CHART} />
          <Swatches title={t('scale')} tokens={SCALE} />
        </div>
      </Panel>
      <Panel title={t('type')}>
        <ul className="flex flex-col gap-3">
          {SIZES.map((size) => (
            <li key={size} className={size}>
              {t('pangram', { size })}
            </li>
          ))}
          <li className="font-mono text-xs">{t('mono')}</li>
        </ul>
      </Panel>
    </div>
  );
}

function Swatches({ title, tokens }: { title: string; tokens: string[] }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-muted text-sm">{title}</h3>
      <ul className="flex flex-wrap gap-3">
        {tokens.map((token) => (
          <li key={token} className="flex items-center gap-2 text-xs">
            <span
              aria-hidden
              data-bar="swatch"
              className="size-6 rounded-sm border border-line-strong"
              style={{ background: `var(--${token})` }}
            />
            {token}
          </li>
        ))}
      </ul>
    </div>
  );
}
