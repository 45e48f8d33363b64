import { CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { StateIcon, type Tone } from './state.tsx';

export type Step = {
  key: string;
  title: ReactNode;
  /** How it went, in a word; `null` where it is still to come. */
  state: { tone: Tone; word: string } | null;
  /** When, or how long it took. */
  time?: ReactNode;
  detail?: ReactNode;
};

/** Steps in their order, each with its state and how long it took. `waiting` is the word for what is still to come. */
export function Timeline({ steps, waiting }: { steps: Step[]; waiting: string }) {
  return (
    <ol className="figures flex flex-col text-sm">
      {steps.map((step, index) => (
        <li key={step.key} className="relative flex gap-3 pb-4 last:pb-0">
          {index < steps.length - 1 ? (
            <span aria-hidden className="absolute top-6 bottom-0 left-[7.5px] w-px bg-line-strong" />
          ) : null}
          {step.state ? (
            <StateIcon tone={step.state.tone} className="mt-0.5" />
          ) : (
            <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          )}
          <div className="flex min-w-0 flex-1 flex-col">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className={cn('font-medium', !step.state && 'text-muted')}>{step.title}</span>
              <span className="text-muted">{step.time}</span>
            </span>
            <span className="text-muted">
              {step.state ? step.state.word : waiting}
              {step.detail ? <> · {step.detail}</> : null}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}
