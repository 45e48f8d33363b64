import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import type { AdmissionMeaning } from '#lib/nodes/onboarding/admission-meaning';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Panel } from '../../ui/panel.tsx';
import { AdmissionPanel } from './admission-panel.tsx';
import { Checklist } from './checklist.tsx';
import { RevokedNotice } from './revoked-notice.tsx';
import { StandingPanel } from './standing-panel.tsx';

type Props = {
  node: NodeDetail;
  onboarding: Onboarding;
  meaning: AdmissionMeaning;
  twoFactors: boolean;
};

/** What there is to do about a node's place: its checklist, its way back into cohorts, or why it has none. */
export function WayPanel({ node, onboarding, meaning, twoFactors }: Props) {
  const t = useTranslations('onboarding');
  const admission = <AdmissionPanel onboarding={onboarding} meaning={meaning} twoFactors={twoFactors} />;
  switch (onboarding.state) {
    case 'invited':
    case 'pending':
    case 'certified':
      return <Checklist onboarding={onboarding} admission={admission} />;
    case 'draining':
    case 'suspended':
      return <Panel title={t('return')}>{admission}</Panel>;
    case 'revoked':
      return <RevokedNotice onboarding={onboarding} />;
    case 'admitted':
      return <StandingPanel node={node} />;
  }
}
