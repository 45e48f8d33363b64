import { epsilonFromRho, rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { formatRho, parseRho } from '#lib/privacy/pico-rho';
import { accountForecast } from './account-forecast.ts';
import { questionsLeft } from './binding-account.ts';
import type { Forecast } from './forecast.ts';
import { mostUnderCap } from './most-of-period.ts';

export type WhatIfInput = {
  period: string;
  delta: string;
  spentRho: string;
  reservedRho: string;
  /** The most that the holder's other periods can come to. */
  othersRho: string;
  dailySpendPico: readonly number[];
  priceRho: string;
};

export type WhatIf = {
  capRho: string;
  /** What the rounded-down cap really bounds: never more than what was typed. */
  capEpsilon: number;
  /** The factor by which any one patient's records can change the odds of anything learned, delta aside. */
  oddsFactor: number;
  /** Less than what is spent and reserved already: such a cap refuses every question from then on. */
  belowSpent: boolean;
  questionsLeft: bigint;
  lifetimeCapEpsilon: number;
  forecast: Forecast;
};

/** What a cap of `epsilon` would mean for this account. Pure arithmetic: nothing is asked and nothing is saved. */
export function whatIf(input: WhatIfInput, epsilon: number, now: Date): WhatIf {
  const delta = Number(input.delta);
  const capRhoPico = rhoFromEpsilon(epsilon, delta);
  const amounts = { spentRhoPico: parseRho(input.spentRho), reservedRhoPico: parseRho(input.reservedRho) };
  const used = amounts.spentRhoPico + amounts.reservedRhoPico;
  const left = capRhoPico > used ? capRhoPico - used : 0n;
  const priceRhoPico = parseRho(input.priceRho);
  const remainingRho = formatRho(left);
  const capEpsilon = epsilonFromRho(capRhoPico, delta);
  return {
    capRho: formatRho(capRhoPico),
    capEpsilon,
    oddsFactor: Math.exp(capEpsilon),
    belowSpent: capRhoPico < used,
    questionsLeft: questionsLeft(remainingRho, priceRhoPico),
    lifetimeCapEpsilon: epsilonFromRho(parseRho(input.othersRho) + mostUnderCap(amounts, capRhoPico), delta),
    forecast: accountForecast(
      { remainingRho, period: input.period },
      input.dailySpendPico,
      priceRhoPico,
      now,
    ),
  };
}
