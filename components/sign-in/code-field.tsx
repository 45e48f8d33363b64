'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Field, Input } from '../ui/field.tsx';

/** The second step: the code that the app shows now, or one of the recovery codes. */
export function CodeField({ email }: { email: string }) {
  const t = useTranslations('signIn');
  const input = useRef<HTMLInputElement>(null);
  // The step replaced the fields that had the focus.
  useEffect(() => input.current?.focus(), []);
  return (
    <Field id="code" label={t('code')} hint={t('codeHint', { email })}>
      <Input
        ref={input}
        id="code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        minLength={6}
        aria-describedby="code-hint"
        required
      />
    </Field>
  );
}
