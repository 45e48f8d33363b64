import { ArrowRight, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { StateWord, type Tone } from './state.tsx';
import { Term, type TermName } from './term.tsx';

type Props = {
  label: string;
  /** The term of art that the label is. */
  term?: TermName;
  /** Already formatted; null where it is not known. */
  value: ReactNode | null;
  unit?: ReactNode;
  /** How it stands against its target or the time before, in words. */
  comparison?: { tone: Tone; icon?: LucideIcon; text: ReactNode };
  /** A line more: what it counts, over which time. */
  note?: ReactNode;
  /** Where it is explained row by row. */
  link?: { href: string; label: string };
};

/** One number that answers something. Put several into `Figures`. */
export function Figure({ label, term, value, unit, comparison, note, link }: Props) {
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-md border bg-surface p-4">
      <dt className="text-muted text-sm">{term ? <Term name={term}>{label}</Term> : label}</dt>
      <dd className="flex flex-1 flex-col gap-1">
        <span className="figures flex flex-wrap items-baseline gap-x-1.5">
          <span className="font-semibold text-2xl">{value ?? '–'}</span>
          {unit ? <span className="text-muted">{unit}</span> : null}
        </span>
        {comparison ? (
          <StateWord tone={comparison.tone} {...(comparison.icon ? { icon: comparison.icon } : {})}>
            {comparison.text}
          </StateWord>
        ) : null}
        {note ? <span className="text-muted text-sm">{note}</span> : null}
        {link ? (
          <Link
            href={link.href}
            prefetch={false}
            className="mt-auto inline-flex items-center gap-1 self-start rounded-sm pt-1 text-accent text-sm underline-offset-4 hover:underline"
          >
            {link.label}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        ) : null}
      </dd>
    </div>
  );
}

/** Figures beside each other, under each other where the screen is narrow. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,13rem),1fr))] gap-4">{children}</dl>;
}
