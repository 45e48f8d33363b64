import { shorten } from '#lib/i18n/quantities';
import { CopyButton } from './copy-button.tsx';

/** An id or hash: shortened in the middle, copied whole. `what` names it for those who cannot see it. */
export function Hash({ value, what }: { value: string; what: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code title={value} className="font-mono text-xs">
        {shorten(value)}
      </code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
