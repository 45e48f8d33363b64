// The core alone: the router, which sends the mails, runs without React.
import { createTranslator } from 'use-intl/core';
import type { Role } from '#lib/actor';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { htmlMail } from './html.ts';
import type { Mail } from './mailer.ts';

export type InvitationMail = {
  invitationId: string;
  email: string;
  name: string;
  role: Role;
  organisation: string;
  /** Null when who invited is no longer known. */
  inviter: string | null;
  link: string;
  expiresAt: Date;
};

const locale = 'en';

/** The words of an invitation, as text and as HTML. */
export function invitationMail(invitation: InvitationMail): Mail {
  const t = createTranslator({ locale, messages, namespace: 'mail', timeZone: 'UTC' });
  const roles = createTranslator({ locale, messages, namespace: 'roles' });
  const { organisation, name, link } = invitation;
  const subject = t('invitation.subject', { organisation });
  const before = [
    t('invitation.greeting', { name }),
    t('invitation.text', {
      inviter: invitation.inviter ?? organisation,
      organisation,
      role: roles(invitation.role),
    }),
  ];
  const after = [t('invitation.until', { until: invitation.expiresAt }), t('automatic')];
  const linkText = t('invitation.link');
  return {
    id: `invitation-${invitation.invitationId}`,
    to: { name, address: invitation.email },
    subject,
    text: [...before, `${linkText}:\n${link}`, ...after].join('\n\n').concat('\n'),
    html: htmlMail({ locale, title: subject, before, link: { href: link, text: linkText }, after }),
  };
}
