'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Notice } from '../ui/state.tsx';

type Fault = 'wrong' | 'tooMany' | 'unavailable';

/** E-mail and password. `next` is a path of this site, checked by the page. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('signIn');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = useHydrated();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    const result = await attempt(String(form.get('email')), String(form.get('password')));
    // A full load: every page and the proxy then see the new cookie.
    if (result === 'ok') return window.location.assign(next);
    setFault(result);
    setBusy(false);
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {fault ? (
        <Notice live tone="danger" title={t(`faults.${fault}.title`)}>
          {t(`faults.${fault}.text`)}
        </Notice>
      ) : null}
      <Field id="email" label={t('email')}>
        <Input id="email" name="email" type="email" autoComplete="username" required />
      </Field>
      <Field id="password" label={t('password')}>
        <Input id="password" name="password" type="password" autoComplete="current-password" required />
      </Field>
      <Button type="submit" variant="primary" disabled={busy || !ready}>
        {busy ? t('busy') : t('submit')}
      </Button>
    </form>
  );
}

const never = () => () => {};

/** Before React has taken over, the browser itself would send the form, and the password with it, to this page. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

async function attempt(email: string, password: string): Promise<'ok' | Fault> {
  try {
    const result = await signIn('credentials', { email, password, redirect: false });
    if (result?.ok && !result.error) return 'ok';
    if (result?.error === 'too_many_attempts') return 'tooMany';
    return result?.error === 'CredentialsSignin' ? 'wrong' : 'unavailable';
  } catch {
    return 'unavailable';
  }
}
