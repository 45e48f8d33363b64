import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { JoinForm } from '#components/join/join-form';
import { Brand } from '#components/shell/brand';
import { buttonStyles } from '#components/ui/button';
import { Notice } from '#components/ui/state';
import { findOffer, type Offer } from '#lib/identity/invitations/find-offer';
import { database } from '../../_server/database.ts';

export async function generateMetadata(): Promise<Metadata> {
  // The address is a secret: it goes to no other site, and no machine should keep the page.
  return {
    title: (await getTranslations('join'))('metaTitle'),
    referrer: 'no-referrer',
    robots: { index: false, follow: false },
  };
}

/** Where the link of an invitation leads: a password, and one is a member. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const offer = await findOffer(database(), token);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-12">
      <Brand />
      {offer?.state === 'open' ? (
        <OpenOffer offer={offer} token={token} />
      ) : (
        <ClosedOffer state={offer?.state ?? 'unknown'} />
      )}
    </main>
  );
}

async function OpenOffer({ offer, token }: { offer: Extract<Offer, { state: 'open' }>; token: string }) {
  const [t, roles] = await Promise.all([getTranslations('join'), getTranslations('roles')]);
  const { name, email, organisation, role } = offer;
  return (
    <>
      <div className="flex flex-col gap-1">
        <h1 className="text-xl">{t('title', { organisation })}</h1>
        <p className="text-muted">{t('question')}</p>
      </div>
      <p className="break-words">{t('intro', { name, role: roles(role), email })}</p>
      <JoinForm token={token} owner={{ name, email }} />
    </>
  );
}

async function ClosedOffer({ state }: { state: 'expired' | 'withdrawn' | 'used' | 'unknown' }) {
  const t = await getTranslations('join');
  return (
    <>
      <h1 className="text-xl">{t(`closed.${state}.title`)}</h1>
      <Notice tone={state === 'used' ? 'info' : 'attention'} title={t(`closed.${state}.text`)} />
      <Link href="/sign-in" className={buttonStyles()}>
        {t('signInAfter')}
      </Link>
    </>
  );
}
