// The core alone: the router, which sends the mails, runs without React.
import { createTranslator } from 'use-intl/core';
import type { DecisionNews } from '#lib/jobs/definitions';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { htmlMail } from './html.ts';
import type { Mail } from './mailer.ts';

export type DecisionMail = {
  about: DecisionNews;
  /** Of the change or the request for more. */
  id: string;
  recipient: { id: string; name: string; email: string };
  link: string;
};

const locale = 'en';

/** The words of news about a decision. Which budget and why is for the console to say, to who signs in there. */
export function decisionMail({ about, id, recipient, link }: DecisionMail): Mail {
  const t = createTranslator({ locale, messages, namespace: 'mail' });
  const subject = t(`decision.${about}.subject`);
  const before = [t('decision.greeting', { name: recipient.name }), t(`decision.${about}.text`)];
  const after = [t('automatic')];
  const linkText = t('decision.link');
  return {
    id: `decision-${about}-${id}-${recipient.id}`,
    to: { name: recipient.name, address: recipient.email },
    subject,
    text: [...before, `${linkText}:\n${link}`, ...after].join('\n\n').concat('\n'),
    html: htmlMail({ locale, title: subject, before, link: { href: link, text: linkText }, after }),
  };
}
