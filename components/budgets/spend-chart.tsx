'use client';

import { useLocale, useTranslations } from 'next-intl';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { SpendPoint } from '#lib/budgets/account-series';
import { formatDelta, formatEpsilon, formatRhoShort } from '#lib/i18n/quantities';
import { useRegion, useTimeZone } from '../ui/time.tsx';
import { evenTicks } from './even-ticks.ts';

type Props = {
  label: string;
  points: SpendPoint[];
  capRho: string;
  spentRho: string;
  delta: string;
  unit: 'hour' | 'day';
  /** The axis reaches to the cap; else only to what is spent. */
  againstCap: boolean;
  now: string;
};

const UNIT_MS = { hour: 60 * 60 * 1000, day: 24 * 60 * 60 * 1000 };
const TICKS = 5;

/** Cumulative spend as steps: it moves when a question is charged and never falls. */
export function SpendChart({ label, points, capRho, spentRho, delta, unit, againstCap, now }: Props) {
  const t = useTranslations('account');
  const locale = useLocale();
  const region = useRegion();
  const timeZone = useTimeZone();
  const data = toSteps(points, unit, Date.parse(now));
  const start = data[0]?.time ?? 0;
  const end = data.at(-1)?.time ?? 0;
  const tick = new Intl.DateTimeFormat(region, {
    timeZone,
    ...(end - start > 2 * UNIT_MS.day
      ? { month: 'short', day: 'numeric' }
      : { hour: '2-digit', minute: '2-digit' }),
  });
  const moment = new Intl.DateTimeFormat(region, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  // The cap is a line with words, never a tick: its digits are no round number.
  const top = Number(againstCap ? capRho : spentRho);
  const { values: ticks, decimals } = evenTicks(top);
  const rho = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const axis = {
    stroke: 'var(--line-strong)',
    tick: { fill: 'var(--muted)', fontSize: 12 },
    tickLine: false,
  };
  return (
    <figure className="flex flex-col gap-1">
      <p className="text-muted text-xs">{t('axisRho')}</p>
      <div role="img" aria-label={label} className="h-64 w-full">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={data}
            margin={{ top: 20, right: 16, bottom: 4, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} syncWithTicks stroke="var(--line)" />
            <XAxis
              {...axis}
              dataKey="time"
              type="number"
              scale="time"
              domain={[start, end]}
              ticks={Array.from(
                { length: TICKS },
                (_, index) => start + ((end - start) * index) / (TICKS - 1),
              )}
              minTickGap={32}
              tickFormatter={(value: number) => tick.format(value)}
            />
            <YAxis
              {...axis}
              width={64}
              axisLine={false}
              domain={[0, top]}
              ticks={ticks}
              interval={0}
              tickFormatter={(value: number) => rho.format(value)}
            />
            <Tooltip
              isAnimationActive={false}
              content={({ active, payload }) => {
                const point: unknown = active ? payload?.[0]?.payload : null;
                if (!isPoint(point)) return null;
                return (
                  <div className="figures flex flex-col rounded-md border bg-raised px-3 py-2 text-sm">
                    <span className="text-muted">{moment.format(point.time)}</span>
                    <span>ρ {point.rho}</span>
                    <span>
                      ε {formatEpsilon(point.epsilon, locale)} · δ {formatDelta(delta)}
                    </span>
                  </div>
                );
              }}
            />
            {againstCap ? (
              <ReferenceLine
                y={Number(capRho)}
                stroke="var(--danger)"
                strokeDasharray="6 4"
                label={{
                  value: t('capLine', { rho: formatRhoShort(capRho, locale) }),
                  position: 'insideBottomLeft',
                  fill: 'var(--danger)',
                  fontSize: 12,
                }}
              />
            ) : null}
            <ReferenceLine
              y={Number(spentRho)}
              stroke="transparent"
              label={{
                value: t('spentLine', { rho: formatRhoShort(spentRho, locale) }),
                position: 'insideBottomRight',
                fill: 'var(--ink)',
                fontSize: 12,
              }}
            />
            <Line
              type="stepAfter"
              dataKey="rho"
              stroke="var(--chart-1)"
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="text-right text-muted text-xs">{t('axisTime', { zone: timeZone })}</figcaption>
    </figure>
  );
}

type Drawn = { time: number; rho: number; epsilon: number };

/** An hour's or day's sum is known at its end. The line starts from nothing and is level from the last one until now. */
function toSteps(points: SpendPoint[], unit: keyof typeof UNIT_MS, nowMs: number): Drawn[] {
  const first = points[0];
  if (!first) return [];
  const steps = points.map(({ at, rho, epsilon }) => ({
    time: Math.min(Date.parse(at) + UNIT_MS[unit], nowMs),
    rho,
    epsilon,
  }));
  const last = steps.at(-1)!;
  const level = last.time < nowMs ? [{ ...last, time: nowMs }] : [];
  return [{ time: Date.parse(first.at), rho: 0, epsilon: 0 }, ...steps, ...level];
}

function isPoint(value: unknown): value is Drawn {
  return (
    typeof value === 'object' && value !== null && 'time' in value && 'rho' in value && 'epsilon' in value
  );
}
