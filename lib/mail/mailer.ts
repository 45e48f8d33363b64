import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';

/** A finished message. `id` is the same for every try: a mail that is sent twice is recognised as one. */
export type Mail = {
  id: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
};

export type Mailer = { send(mail: Mail): Promise<void> };

export type MailSettings = {
  /** Unset: each mail becomes a file in `folder`. */
  smtpUrl: string | undefined;
  folder: string;
  from: string;
};

const TIMEOUT_MS = 20_000;

/** Sends by SMTP where there is a server, and otherwise leaves the message, readable, in a folder. */
export function createMailer(settings: MailSettings): Mailer {
  return settings.smtpUrl ? smtpMailer(settings.smtpUrl, settings.from) : folderMailer(settings);
}

function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async (mail) => {
      try {
        await transport.sendMail(envelope(mail, from));
      } catch (error) {
        // 5xx is the server's "never"; 4xx, a refused sign-in and a cut connection may pass.
        const { responseCode, code } = error as { responseCode?: number; code?: string };
        const never = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
        if (!never) throw error;
        throw new PermanentJobError(`The mail server refused the message (${responseCode}).`);
      }
    },
  };
}

function folderMailer({ folder, from }: MailSettings): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(envelope(mail, from));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${randomUUID()}`);
      await writeFile(draft, message as Buffer, { mode: 0o600 });
      await rename(draft, join(folder, `${mail.id}.eml`));
    },
  };
}

function envelope({ id, to, subject, text, html }: Mail, from: string) {
  const host = from.split('@')[1] ?? 'localhost';
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
