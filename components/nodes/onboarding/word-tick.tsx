import { Check } from 'lucide-react';
import { cn } from '../../ui/cn.ts';

type Props = { place: number; word: string; heard: boolean; onToggle: () => void };

/** One of the six words, pressed when the hospital has read it. */
export function WordTick({ place, word, heard, onToggle }: Props) {
  return (
    <button
      type="button"
      aria-pressed={heard}
      onClick={onToggle}
      className={cn(
        'flex items-center gap-2 rounded-md border px-3 py-2 text-left hover:border-ink',
        heard ? 'border-ok bg-ok-soft' : 'border-line-strong bg-surface',
      )}
    >
      <span className="figures text-muted text-xs">{place}</span>
      <span className="min-w-0 flex-1 break-words font-mono text-lg">{word}</span>
      <Check aria-hidden className={cn('size-4 shrink-0 text-ok', heard ? '' : 'invisible')} />
    </button>
  );
}
