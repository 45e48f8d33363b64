import { Rho } from '../ui/quantity.tsx';

/** What an entry moved: a plus where it takes from the budget, a minus where it gives back. */
export function SignedRho({ rho }: { rho: string }) {
  if (rho === '0') return <span className="text-muted">–</span>;
  const sign = rho.startsWith('-') ? '−' : '+';
  return (
    <span className="figures whitespace-nowrap">
      {sign}
      <Rho rho={rho.replace(/^-/, '')} />
    </span>
  );
}
