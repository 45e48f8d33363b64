'use client';

import { CircleUserRound, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role } from '#lib/actor';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { signOut } from './sign-out.ts';
import { StillSignedIn } from './still-signed-in.tsx';

export type Person = { name: string; role: Role; organisation: string; department: string };

/** Who is signed in, as what and where, and the way out. */
export function AccountMenu({ person }: { person: Person }) {
  const t = useTranslations('account_menu');
  const roles = useTranslations('roles');
  const [failed, setFailed] = useState(false);
  async function leave() {
    if (await signOut()) window.location.assign('/sign-in');
    else setFailed(true);
  }
  return (
    <>
      <Menu label={t('label', { name: person.name })} trigger={<CircleUserRound aria-hidden />}>
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
      </Menu>
      <StillSignedIn open={failed} onClose={() => setFailed(false)} onRetry={leave} />
    </>
  );
}
