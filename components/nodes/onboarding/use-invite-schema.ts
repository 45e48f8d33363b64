import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { plainText } from '#lib/identity/plain-text';
import { computeCapacitySchema, REGIMES } from '#lib/nodes/onboarding/schemas';
import { INVITE_HOURS } from './invite-hours.ts';

const whole = (min: number, max: number, fault: string) =>
  z.string().refine((text) => {
    const value = Number(text);
    return /^\d+$/.test(text.trim()) && value >= min && value <= max;
  }, fault);

/** The invite's fields as they are typed, each with its fault in the reader's words. */
export function useInviteSchema() {
  const t = useTranslations('onboarding.faults');
  return z
    .object({
      kind: z.enum(['existing', 'new']),
      hospitalId: z.string(),
      name: z.string().trim().max(120, t('name')),
      regime: z.enum(REGIMES),
      region: z.string(),
      allowedRegions: z.array(z.string()),
      siteName: plainText({ max: 120, fault: t('siteName') }),
      jurisdiction: plainText({ max: 80, fault: t('jurisdiction') }),
      shards: whole(1, 65_536, t('shards')),
      lanes: whole(1, 1024, t('lanes')),
      dataSize: whole(0, 2_000_000_000, t('dataSize')),
      computeCapacity: z
        .string()
        .refine((text) => computeCapacitySchema.safeParse(text).success, t('computeCapacity')),
      complianceLevel: plainText({ max: 80, fault: t('complianceLevel') }),
      endpoint: z
        .string()
        .trim()
        .refine((text) => text === '' || /^https:\/\/[^\s/]+/.test(text), t('endpoint')),
      hours: z.enum(INVITE_HOURS),
    })
    .superRefine((values, context) => {
      const fault = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (values.kind === 'existing') {
        if (values.hospitalId === '') fault('hospitalId', t('hospitalId'));
        return;
      }
      if (values.name.trim() === '') fault('name', t('name'));
      if (values.region === '') fault('region', t('region'));
      if (values.allowedRegions.length === 0) fault('allowedRegions', t('allowedRegions'));
    });
}
export type InviteValues = z.output<ReturnType<typeof useInviteSchema>>;

export const EMPTY_INVITE: InviteValues = {
  kind: 'new',
  hospitalId: '',
  name: '',
  regime: 'GDPR',
  region: '',
  allowedRegions: [],
  siteName: '',
  jurisdiction: '',
  shards: '64',
  lanes: '2',
  dataSize: '',
  computeCapacity: '',
  complianceLevel: '',
  endpoint: '',
  hours: '72',
};

/** What the verb takes. */
export function toInvite(values: InviteValues) {
  const { kind, hospitalId, name, regime, region, allowedRegions, hours, endpoint, ...site } = values;
  return {
    hospital:
      kind === 'existing'
        ? { kind, hospitalId }
        : { kind, name: name.trim(), regime, region, allowedRegions },
    siteName: site.siteName,
    jurisdiction: site.jurisdiction,
    shards: Number(site.shards),
    lanes: Number(site.lanes),
    dataSize: Number(site.dataSize),
    computeCapacity: site.computeCapacity,
    complianceLevel: site.complianceLevel,
    endpoint: endpoint === '' ? null : endpoint,
    expiresInHours: Number(hours),
  };
}
