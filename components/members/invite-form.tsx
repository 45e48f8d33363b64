'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import type { Role } from '#lib/actor';
import type { Places } from '#lib/identity/members/list-places';
import { plainText } from '#lib/identity/plain-text';
import { consoleApi } from '../console-api.ts';
import { Input } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { useToast } from '../ui/toast.ts';
import { FormButtons } from './form-buttons.tsx';
import { PlaceFields, toPlace } from './place-fields.tsx';
import { usePlaceFields } from './use-place-schema.ts';

const reply = z.object({ id: z.uuid() });

/** Name, address and place of somebody who is to join. */
export function InviteForm({ places, onDone }: { places: Places; onDone: () => void }) {
  const t = useTranslations('members');
  const router = useRouter();
  const say = useToast();
  const place = usePlaceFields();
  const schema = z
    .object({
      name: plainText({ max: 120, fault: t('invite.nameFault') }),
      email: z
        .string()
        .trim()
        .toLowerCase()
        .pipe(z.email(t('invite.emailFault')).max(254)),
      ...place.fields,
    })
    .refine(place.hasSite, place.siteFault);
  const form = useZodForm(schema, {
    name: '',
    email: '',
    role: 'clinician' as Role,
    departmentId: '',
    hospitalId: '',
  });
  const { errors } = form.formState;
  const invite = useMutation({
    mutationFn: ({ name, email, ...rest }: z.output<typeof schema>) =>
      consoleApi('/api/console/invitations', reply, { body: { name, email, ...toPlace(rest) } }),
    onSuccess: (_reply, { name, email }) => {
      say.ok({ text: t('invite.done', { name }), detail: t('invite.doneText', { email }) });
      router.refresh();
      onDone();
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => invite.mutate(values))}
      className="flex flex-col gap-4"
    >
      <FormField form={form} name="name" label={t('name')}>
        {(control) => <Input {...control} autoComplete="off" />}
      </FormField>
      <FormField form={form} name="email" label={t('email')}>
        {(control) => <Input {...control} type="email" autoComplete="off" />}
      </FormField>
      <PlaceFields
        places={places}
        values={form.watch()}
        faults={{ departmentId: errors.departmentId?.message, hospitalId: errors.hospitalId?.message }}
        onChange={(name, value) =>
          form.setValue(name, value as never, { shouldValidate: form.formState.isSubmitted })
        }
      />
      <FormProblem problem={invite.error} />
      <FormButtons submit={t('invite.submit')} busy={invite.isPending} />
    </form>
  );
}
