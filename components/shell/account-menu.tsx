'use client';

import { CircleUserRound, LogOut } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role } from '#lib/actor';
import { Menu } from '../ui/menu.tsx';

// Wanted once a session, or never: they bring the checks of the API's replies and a dialog.
const StillSignedIn = dynamic(() => import('./still-signed-in.tsx').then((module) => module.StillSignedIn), {
  ssr: false,
});

export type Person = { name: string; role: Role; organisation: string; department: string };

/** Who is signed in, as what and where, and the way out. */
export function AccountMenu({ person }: { person: Person }) {
  const t = useTranslations('account_menu');
  const roles = useTranslations('roles');
  const [failed, setFailed] = useState(false);
  async function leave() {
    // What cannot be fetched could not have ended the session either.
    const ended = await import('./sign-out.ts').then(({ signOut }) => signOut()).catch(() => false);
    if (ended) window.location.assign('/sign-in');
    else setFailed(true);
  }
  return (
    <>
      <Menu label={t('label', { name: person.name })} trigger={<CircleUserRound aria-hidden />}>
        {({ MenuItem }) => (
          <>
            <div className="flex flex-col border-b px-2 pt-1 pb-2 text-sm">
              <span className="font-medium">{person.name}</span>
              <span className="text-muted">{roles(person.role)}</span>
              <span className="text-muted">
                {person.department}, {person.organisation}
              </span>
            </div>
            <div className="pt-1">
              <MenuItem onSelect={leave}>
                <LogOut aria-hidden className="text-muted" />
                {t('signOut')}
              </MenuItem>
            </div>
          </>
        )}
      </Menu>
      {failed ? <StillSignedIn open onClose={() => setFailed(false)} onRetry={leave} /> : null}
    </>
  );
}
