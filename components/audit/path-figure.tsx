import { useTranslations } from 'next-intl';
import type { Climb } from '#lib/audit-log/browser/verify-inclusion';
import { shorten } from '#lib/i18n/quantities';
import { Term } from '../ui/term.tsx';

type Props = { leafHash: string; climbed: Climb };

/** The way from the leaf up to the root, as this browser computed it: at each level the hash beside, and both together. */
export function PathFigure({ leafHash, climbed }: Props) {
  const t = useTranslations('audit.row');
  const { steps, root } = climbed;
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="font-medium">
        <Term name="inclusionProof">{t('path')}</Term>
      </figcaption>
      <ol className="flex max-w-xl flex-col">
        <li className="flex flex-col">
          <Box name={t('leaf')} hash={leafHash} strong />
        </li>
        {steps.map(({ sibling, side, parent }, at) => (
          <li key={`${at} ${parent}`} className="flex flex-col">
            <div className="ml-4 flex items-center gap-2 border-line-strong border-l py-2 pl-4 text-muted text-xs">
              <span>{t('sibling', { side })}</span>
              <code title={sibling} className="rounded-sm border border-dashed px-1.5 py-0.5 font-mono">
                {shorten(sibling)}
              </code>
            </div>
            <Box
              name={at === steps.length - 1 ? t('root') : t('step', { level: at + 1 })}
              hash={parent}
              strong={at === steps.length - 1}
            />
          </li>
        ))}
        {steps.length === 0 ? (
          <li>
            <Box name={t('root')} hash={root} strong />
          </li>
        ) : null}
      </ol>
    </figure>
  );
}

function Box({ name, hash, strong }: { name: string; hash: string; strong: boolean }) {
  return (
    <div
      className={`flex items-baseline justify-between gap-4 rounded-md border px-3 py-1.5 ${strong ? 'border-accent bg-accent-soft' : 'bg-sunken'}`}
    >
      <span className="text-xs">{name}</span>
      <code title={hash} className="font-mono text-xs">
        {shorten(hash)}
      </code>
    </div>
  );
}
