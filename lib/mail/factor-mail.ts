// The core alone: the router, which sends the mails, runs without React.
import { createTranslator } from 'use-intl/core';
import type { FactorNews } from '#lib/jobs/definitions';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { htmlMail } from './html.ts';
import type { Mail } from './mailer.ts';

export type FactorMail = {
  about: FactorNews;
  /** Of this one piece of news. */
  id: string;
  recipient: { name: string; email: string };
  link: string;
};

const locale = 'en';

/** The words that tell somebody what became of their second factor, and what to do if it was not them. */
export function factorMail({ about, id, recipient, link }: FactorMail): Mail {
  const t = createTranslator({ locale, messages, namespace: 'mail' });
  const subject = t(`factor.${about}.subject`);
  const before = [
    t('factor.greeting', { name: recipient.name }),
    t(`factor.${about}.text`),
    t('factor.notYou'),
  ];
  const after = [t('automatic')];
  const linkText = t('factor.link');
  return {
    id: `second-factor-${about}-${id}`,
    to: { name: recipient.name, address: recipient.email },
    subject,
    text: [...before, `${linkText}:\n${link}`, ...after].join('\n\n').concat('\n'),
    html: htmlMail({ locale, title: subject, before, link: { href: link, text: linkText }, after }),
  };
}
