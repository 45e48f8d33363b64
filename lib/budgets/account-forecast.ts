import { parseRho } from '#lib/privacy/pico-rho';
import { type Forecast, forecast } from './forecast.ts';
import { periodBounds } from './period-bounds.ts';

type Standing = { remainingRho: string; period: string };

/** The forecast of one account from its holder's daily spend (pico-rho); `priceRhoPico` is a default question's. */
export function accountForecast(
  { remainingRho, period }: Standing,
  dailySpendPico: readonly number[],
  priceRhoPico: bigint,
  now: Date,
): Forecast {
  return forecast({
    dailySpend: dailySpendPico,
    remaining: Number(parseRho(remainingRho)),
    smallest: Number(priceRhoPico),
    now,
    periodEnd: periodBounds(period).end,
  });
}
