'use client';

import { Slider as Base } from '@base-ui/react/slider';

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  /** What the position means, in words: "ε 0.100". */
  describe: (value: number) => string;
  disabled?: boolean;
};

export function Slider({ label, value, min, max, step, onChange, describe, disabled = false }: Props) {
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={(next) => onChange(Array.isArray(next) ? (next[0] ?? min) : (next as number))}
    >
      <Base.Control className="flex h-9 w-full touch-none items-center select-none">
        <Base.Track className="h-1 w-full rounded-full bg-line-strong">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            aria-label={label}
            getAriaValueText={(_, current) => describe(current)}
            className="size-5 rounded-full border-2 border-accent bg-surface outline-none has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
