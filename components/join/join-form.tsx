'use client';

import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { MIN_PASSWORD, newPasswordFault } from '#lib/identity/new-password';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { JoinProblem } from './join-problem.tsx';
import { PasswordMeter } from './password-meter.tsx';
import { useFaultWords } from './use-fault-words.ts';

const reply = z.object({ email: z.string() });
type Props = { token: string; owner: { name: string; email: string } };

/** The one thing that is asked of somebody who joins: a password, twice. They are signed in with it. */
export function JoinForm({ token, owner }: Props) {
  const t = useTranslations('join');
  const faultWords = useFaultWords();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fault = newPasswordFault(password, owner);
  const isDifferent = password !== again;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (fault || isDifferent || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { email } = await consoleApi('/api/console/join', reply, { body: { token, password } });
      const result = await signIn('credentials', { email, password, redirect: false });
      // The account is there in any case; without a session the start page asks for the password.
      return window.location.assign(result?.ok ? '/' : '/sign-in');
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  const field = (
    id: string,
    label: string,
    value: string,
    onChange: (text: string) => void,
    error: string,
  ) => (
    <Field
      id={id}
      label={label}
      hint={id === 'password' ? t('passwordHint', { min: MIN_PASSWORD }) : undefined}
      error={error}
    >
      <Input
        id={id}
        type="password"
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== ''}
        aria-describedby={`${id}-hint ${id}-error`}
      />
    </Field>
  );
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {/* Password managers keep the two together. */}
      <input type="hidden" name="username" autoComplete="username" value={owner.email} readOnly />
      {field('password', t('password'), password, setPassword, sent && fault ? faultWords(fault) : '')}
      <PasswordMeter password={password} owner={owner} />
      {field('again', t('again'), again, setAgain, sent && isDifferent ? t('faults.different') : '')}
      <JoinProblem problem={problem} />
      <Button type="submit" variant="primary" disabled={busy} aria-busy={busy}>
        {t(busy ? 'busy' : 'submit')}
      </Button>
    </form>
  );
}
