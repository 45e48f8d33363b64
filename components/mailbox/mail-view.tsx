import { useTranslations } from 'next-intl';
import type { MailboxMail } from '#lib/mail/list-mailbox';
import { Panel, Properties } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

/** One mail as text. Addresses in it that lead to this site can be followed; nothing else of it does anything. */
export function MailView({ mail }: { mail: MailboxMail }) {
  const t = useTranslations('mailbox');
  return (
    <Panel title={mail.subject}>
      <div className="flex flex-col gap-4">
        <Properties
          items={[
            { name: t('to'), value: <span className="break-all">{mail.to}</span> },
            ...(mail.sentAt ? [{ name: t('sent'), value: <Time short at={mail.sentAt} /> }] : []),
          ]}
        />
        <p className="whitespace-pre-wrap break-words border-t pt-4 text-sm">
          {withLinks(mail.text).map((piece, index) =>
            piece.isLink ? (
              <a key={index} href={piece.text} className="break-all text-accent underline underline-offset-4">
                {piece.text}
              </a>
            ) : (
              piece.text
            ),
          )}
        </p>
      </div>
    </Panel>
  );
}

const JOIN_LINK = /(https?:\/\/[^\s/]+\/join\/[\w-]+)/;

function withLinks(text: string): { text: string; isLink: boolean }[] {
  return text.split(JOIN_LINK).map((piece, index) => ({ text: piece, isLink: index % 2 === 1 }));
}
