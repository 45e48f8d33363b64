import { CircleSlash, Hourglass } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { Forecast } from '#lib/budgets/forecast';
import { StateWord } from '../ui/state.tsx';

/** A forecast's days are UTC days: in the viewer's zone they could slip to the day before. */
function useDay() {
  const format = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'medium', timeZone: 'UTC' });
  return (day: string) => format.format(new Date(day));
}

/** When a budget runs out, in a few words: for tables. */
export function ForecastBrief({ forecast }: { forecast: Forecast }) {
  const t = useTranslations('forecast');
  const dayOf = useDay();
  switch (forecast.kind) {
    case 'exhausted':
      return (
        <StateWord tone="danger" icon={CircleSlash}>
          {t('exhausted')}
        </StateWord>
      );
    case 'runs_out':
      return (
        <span className="figures flex flex-col whitespace-nowrap">
          <StateWord tone="attention" icon={Hourglass}>
            {forecast.likely ? t('about', { day: dayOf(forecast.likely) }) : t('perhaps')}
          </StateWord>
          <span className="text-muted text-xs">
            {forecast.latest
              ? t('between', { earliest: dayOf(forecast.earliest), latest: dayOf(forecast.latest) })
              : t('fromOn', { earliest: dayOf(forecast.earliest) })}
          </span>
        </span>
      );
    default:
      return <span className="text-muted">{t(forecast.kind)}</span>;
  }
}

/** The same as a sentence, with what it rests on. */
export function ForecastSentence({ forecast, period }: { forecast: Forecast; period: string }) {
  const t = useTranslations('forecast.sentences');
  const dayOf = useDay();
  if (forecast.kind === 'too_little_history')
    return t('too_little_history', { days: forecast.daysWithSpend, period });
  if (forecast.kind !== 'runs_out') return t(forecast.kind, { period });
  const { earliest, likely, latest } = forecast;
  if (likely === null) return t('perhaps', { earliest: dayOf(earliest), period });
  if (latest === null) return t('open', { likely: dayOf(likely), earliest: dayOf(earliest), period });
  return t('runs_out', { likely: dayOf(likely), earliest: dayOf(earliest), latest: dayOf(latest) });
}
