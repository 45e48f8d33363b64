import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AlertBar } from '#components/alerts/alert-bar';
import { PendingLink } from '#components/decisions/pending-link';
import { AccountMenu } from '#components/shell/account-menu';
import { Breadcrumbs } from '#components/shell/breadcrumbs';
import { CrumbNames } from '#components/shell/crumb-name';
import { NavDrawer } from '#components/shell/nav-drawer';
import { PaletteButton } from '#components/shell/palette-button';
import { Providers } from '#components/shell/providers';
import { RememberZone } from '#components/shell/remember-zone';
import { SideNav } from '#components/shell/side-nav';
import { ThemeMenu } from '#components/shell/theme-menu';
import { TopBar, TopBarPlace } from '#components/shell/top-bar-slot';
import { firingAlerts } from '#lib/alerts/firing-alerts';
import { countPending } from '#lib/budgets/changes/pending-decisions';
import { pagesFor } from '#lib/identity/console-pages';
import { mayEver } from '#lib/identity/permissions';
import { NAV_COOKIE, THEME_COOKIE, toTheme } from '../../components/shell/theme.ts';
import { requireActor } from '../_server/actor.ts';
import { database } from '../_server/database.ts';
import { personOf } from '../_server/person.ts';
import { viewerZone } from '../_server/zone.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const oversees = mayEver(actor, 'alert.read');
  const [person, jar, zone, alerts, pending, t] = await Promise.all([
    personOf(actor),
    cookies(),
    viewerZone(),
    oversees ? firingAlerts(database(), actor) : [],
    countPending(database(), actor),
    getTranslations('nav'),
  ]);
  const allowed = pagesFor(actor);
  return (
    <Providers>
      <CrumbNames>
        <TopBar>
          <RememberZone known={zone} />
          <a
            href="#main"
            className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          >
            {t('skip')}
          </a>
          <div className="flex">
            <SideNav allowed={allowed} startCollapsed={jar.get(NAV_COOKIE)?.value === 'collapsed'} />
            <div className="flex min-h-dvh min-w-0 flex-1 flex-col">
              {oversees ? <AlertBar alerts={alerts} /> : null}
              <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-surface px-2 sm:px-4 lg:px-6">
                <NavDrawer allowed={allowed} />
                <Breadcrumbs />
                <TopBarPlace />
                <PendingLink count={pending} />
                <PaletteButton allowed={allowed} />
                <ThemeMenu initial={toTheme(jar.get(THEME_COOKIE)?.value)} />
                <AccountMenu person={person} />
              </header>
              <main id="main" tabIndex={-1} className="flex-1 outline-none">
                {children}
              </main>
            </div>
          </div>
        </TopBar>
      </CrumbNames>
    </Providers>
  );
}
