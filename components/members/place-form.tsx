'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import type { MemberDetail } from '#lib/identity/members/get-member';
import type { Places } from '#lib/identity/members/list-places';
import { scopeOf } from '#lib/identity/permissions';
import { MAX_REASON, MIN_REASON } from '#lib/identity/reason-length';
import { consoleApi } from '../console-api.ts';
import { Textarea } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { Notice } from '../ui/state.tsx';
import { useToast } from '../ui/toast.ts';
import { FormButtons } from './form-buttons.tsx';
import { PlaceFields, toPlace } from './place-fields.tsx';
import { usePlaceFields } from './use-place-schema.ts';

const reply = z.object({ keysRevoked: z.number() });
type Props = { member: MemberDetail; places: Places; onDone: () => void };

/** Another role, department or hospital for a member, with what it ends and why. */
export function PlaceForm({ member, places, onDone }: Props) {
  const t = useTranslations('members');
  const router = useRouter();
  const say = useToast();
  const place = usePlaceFields();
  const { id, name, role, departmentId, hospitalId } = member;
  const schema = z
    .object({
      ...place.fields,
      reason: z
        .string()
        .trim()
        .min(MIN_REASON, t('invite.reasonFault', { min: MIN_REASON }))
        .max(MAX_REASON),
    })
    .refine(place.hasSite, place.siteFault);
  const form = useZodForm(schema, { role, departmentId, hospitalId: hospitalId ?? '', reason: '' });
  const { errors } = form.formState;
  const values = form.watch();
  const from = { role, departmentId, hospitalId };
  const isSame = JSON.stringify(toPlace(values)) === JSON.stringify(from);
  const keys = scopeOf(values, 'api_key.create', 'api_key') ? 0 : member.consequence.keys;
  const change = useMutation({
    mutationFn: ({ reason, ...rest }: z.output<typeof schema>) =>
      consoleApi(`/api/console/members/${id}/place`, reply, { body: { from, to: toPlace(rest), reason } }),
    onSuccess: ({ keysRevoked: count }) => {
      const text = t('changeDialog.done', { name });
      say.ok(count > 0 ? { text, detail: t('changeDialog.doneKeys', { count }) } : { text });
      router.refresh();
      onDone();
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((sent) => !isSame && change.mutate(sent))}
      className="flex flex-col gap-4"
    >
      <PlaceFields
        places={places}
        values={values}
        faults={{ departmentId: errors.departmentId?.message, hospitalId: errors.hospitalId?.message }}
        onChange={(field, value) =>
          form.setValue(field, value as never, { shouldValidate: form.formState.isSubmitted })
        }
      />
      {isSame ? (
        <p className="text-muted text-sm">{t('changeDialog.nothing')}</p>
      ) : keys > 0 ? (
        <Notice tone="attention" title={t('changeDialog.keysTitle', { count: keys })}>
          {t('changeDialog.keysText')}
        </Notice>
      ) : (
        <p className="text-muted text-sm">{t('roleHint')}</p>
      )}
      <FormField form={form} name="reason" label={t('invite.reason')} hint={t('reasonHint')}>
        {(control) => <Textarea {...control} />}
      </FormField>
      <FormProblem problem={change.error} />
      <FormButtons submit={t('changeDialog.submit')} busy={change.isPending || isSame} />
    </form>
  );
}
