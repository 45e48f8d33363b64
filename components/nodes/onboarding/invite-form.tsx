'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InvitableHospitals } from '#lib/nodes/onboarding/invitable-hospitals';
import { consoleApi } from '../../console-api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/form/error-summary.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { FormSelect } from '../../ui/form/form-select.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { Panel } from '../../ui/panel.tsx';
import { HospitalFields } from './hospital-fields.tsx';
import { INVITE_HOURS } from './invite-hours.ts';
import { InviteResult } from './invite-result.tsx';
import type { Made } from './made-invite.tsx';
import { SiteFields } from './site-fields.tsx';
import { EMPTY_INVITE, type InviteValues, toInvite, useInviteSchema } from './use-invite-schema.ts';

const reply = async () => (await import('#lib/console-api/nodes')).INVITE_NODE.reply;

/** Everything an administrator says of a node before it enrols; then its code, once. */
export function InviteForm({ hospitals }: { hospitals: InvitableHospitals }) {
  const t = useTranslations('onboarding.form');
  const [made, setMade] = useState<Made | null>(null);
  const schema = useInviteSchema();
  const start: InviteValues = { ...EMPTY_INVITE, kind: hospitals.free.length > 0 ? 'existing' : 'new' };
  const form = useZodForm(schema, start, { summary: true });
  const send = useMutation({
    mutationFn: (values: InviteValues) => consoleApi('/api/console/nodes', reply, { body: toInvite(values) }),
    onSuccess: setMade,
  });
  if (made) return <InviteResult made={made} name={form.getValues('siteName')} />;
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => send.mutate(values))}
      className="flex flex-col gap-6"
    >
      <ErrorSummary form={form} />
      <Panel title={t('hospital')}>
        <HospitalFields form={form} hospitals={hospitals} />
      </Panel>
      <Panel title={t('site')}>
        <SiteFields form={form} />
      </Panel>
      <Panel title={t('code')}>
        <FormSelect
          form={form}
          name="hours"
          label={t('expires')}
          hint={t('expiresHint')}
          options={INVITE_HOURS.map((value) => ({ value, label: t('hours', { hours: Number(value) }) }))}
        />
      </Panel>
      <FormProblem problem={send.error} />
      <div>
        <Button type="submit" variant="primary" disabled={send.isPending} aria-busy={send.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
