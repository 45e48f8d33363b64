'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { formatShare } from '#lib/i18n/quantities';
import type { LabelUsefulness } from '#lib/requests/usefulness-reply';
import { Term } from '../ui/term.tsx';

/**
 * The chance of the right label by how many shards agree on it, with the line that the rule draws: so much of a chance
 * is asked for at that plurality. A table to whoever reads by ear.
 */
export function ChanceBars({ worth }: { worth: LabelUsefulness }) {
  const t = useTranslations('quote');
  const locale = useLocale();
  const id = useId();
  const { chances, plurality, required } = worth;
  const percent = (share: number) => formatShare(share, locale);
  return (
    <div className="flex flex-col gap-2 border-t pt-3">
      <h3 id={id} className="text-muted text-xs">
        <Term name="usefulness">{t(worth.mechanism === 'vote' ? 'chances' : 'clearChances')}</Term>
      </h3>
      <table aria-labelledby={id} className="figures w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('agreeing')}</th>
            <th scope="col">{t('chance')}</th>
          </tr>
        </thead>
        <tbody>
          {chances.map((chance) => {
            const isRule = chance.plurality === plurality;
            return (
              <tr key={chance.plurality} className={isRule ? 'font-semibold' : 'font-normal'}>
                <th
                  scope="row"
                  className="w-px whitespace-nowrap py-0.5 pr-3 text-left [font-weight:inherit]"
                >
                  {t('agree', { plurality: percent(chance.plurality) })}
                </th>
                <td className="py-0.5">
                  <span className="flex items-center gap-3">
                    <span
                      aria-hidden
                      data-bar="track"
                      className="relative h-2.5 min-w-0 flex-1 rounded-sm bg-sunken"
                    >
                      <span
                        data-bar="fill"
                        className="block h-full rounded-sm bg-chart-1"
                        style={{ width: `${100 * chance.probabilityRight}%` }}
                      />
                      {isRule ? (
                        <span
                          className="absolute -inset-y-1 w-0.5 bg-ink"
                          style={{ left: `${100 * required}%` }}
                        />
                      ) : null}
                    </span>
                    <span className="w-14 text-right">{percent(chance.probabilityRight)}</span>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="text-muted text-xs">
        {t('rule', { required: percent(required), plurality: percent(plurality) })}
      </p>
    </div>
  );
}
