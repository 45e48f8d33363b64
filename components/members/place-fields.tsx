'use client';

import { useTranslations } from 'next-intl';
import { ROLES, type Role } from '#lib/actor';
import type { Places } from '#lib/identity/members/list-places';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';

export type PlaceValues = { role: Role; departmentId: string; hospitalId: string };
type Faults = Partial<Record<keyof PlaceValues, string | undefined>>;

type Props = {
  places: Places;
  values: PlaceValues;
  faults: Faults;
  onChange: (name: keyof PlaceValues, value: string) => void;
};

/** Role, department and, for a node operator, the hospital. */
export function PlaceFields({ places, values, faults, onChange }: Props) {
  const t = useTranslations('members');
  const roles = useTranslations('roles');
  const options = (list: { id: string; name: string }[]) => [
    { value: '', label: t('choose') },
    ...list.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const field = (name: keyof PlaceValues, label: string, choices: { value: string; label: string }[]) => (
    <Field id={`place-${name}`} label={label} error={faults[name]}>
      <Select
        id={`place-${name}`}
        options={choices}
        value={values[name]}
        onChange={(value) => onChange(name, value)}
      />
    </Field>
  );
  return (
    <>
      {field(
        'role',
        t('role'),
        ROLES.map((value) => ({ value, label: roles(value) })),
      )}
      {field('departmentId', t('department'), options(places.departments))}
      {values.role === 'node_operator' ? field('hospitalId', t('hospital'), options(places.hospitals)) : null}
    </>
  );
}

/** What the verbs take: no hospital but for a node operator. */
export function toPlace({ role, departmentId, hospitalId }: PlaceValues) {
  return { role, departmentId, hospitalId: role === 'node_operator' ? hospitalId : null };
}
