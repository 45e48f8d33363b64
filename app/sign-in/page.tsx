import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Brand } from '#components/shell/brand';
import { SignInForm } from '#components/sign-in/sign-in-form';
import { safeNextPath } from '#lib/identity/safe-next-path';
import { getActor } from '../_server/actor.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const path = safeNextPath(typeof next === 'string' ? next : undefined);
  if (await getActor()) redirect(path);
  const t = await getTranslations('signIn');
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-12">
      <Brand />
      <div className="flex flex-col gap-1">
        <h1 className="text-xl">{t('title')}</h1>
        <p className="text-muted">{t('question')}</p>
      </div>
      <SignInForm next={path} />
    </main>
  );
}
