'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { attempt, type Credentials, type Refusal as Given } from './attempt.ts';
import { CodeField } from './code-field.tsx';
import { Refusal } from './refusal.tsx';

/** E-mail and password, then a code from those who have an authenticator app. `next` is a path of this site, checked by the page. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('signIn');
  const [refusal, setRefusal] = useState<Given | null>(null);
  const [busy, setBusy] = useState(false);
  /** What was right so far: no session is open yet, so the second step sends it again. */
  const [known, setKnown] = useState<Credentials | null>(null);
  const ready = useHydrated();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = known
      ? { ...known, code: String(form.get('code')) }
      : { email: String(form.get('email')), password: String(form.get('password')) };
    setBusy(true);
    setRefusal(null);
    const result = await attempt(typed);
    // A full load: every page and the proxy then see the new cookie.
    if (result === 'ok') return window.location.assign(next);
    if (result === 'codeNeeded') setKnown(typed);
    else setRefusal(result);
    setBusy(false);
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {refusal ? <Refusal {...refusal} /> : null}
      {known ? (
        <CodeField email={known.email} />
      ) : (
        <>
          <Field id="email" label={t('email')}>
            <Input id="email" name="email" type="email" autoComplete="username" required />
          </Field>
          <Field id="password" label={t('password')}>
            <Input id="password" name="password" type="password" autoComplete="current-password" required />
          </Field>
        </>
      )}
      <Button type="submit" variant="primary" disabled={busy || !ready}>
        {busy ? t('busy') : t('submit')}
      </Button>
      {known ? (
        <Button
          variant="quiet"
          onClick={() => {
            setKnown(null);
            setRefusal(null);
          }}
        >
          {t('startOver')}
        </Button>
      ) : null}
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
