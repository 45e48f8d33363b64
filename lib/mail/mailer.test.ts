import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import { createMailer, type Mail } from './mailer.ts';

const folder = mkdtempSync(join(tmpdir(), 'fdlr-mail-'));
const from = 'router@example.org';
const mail: Mail = {
  id: 'invitation-1',
  to: { name: 'Zoë\r\nBcc: everyone@example.org', address: 'zoe@example.org' },
  subject: 'Your place',
  text: 'Hello',
  html: '<p>Hello</p>',
};

let received: { to: string[]; source: string }[] = [];
let refuseWith: number | null = null;
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo: (_, __, done) =>
    done(refuseWith ? Object.assign(new Error('no'), { responseCode: refuseWith }) : null),
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      received.push({ to, source: Buffer.concat(chunks).toString() });
      done();
    });
  },
});
let smtpUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  smtpUrl = `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
beforeEach(() => {
  received = [];
  refuseWith = null;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise<void>((resolve) => server.close(resolve));
});

const bySmtp = () => createMailer({ smtpUrl, folder, from });

it('sends over SMTP, to the one person and nobody a name could smuggle in', async () => {
  await bySmtp().send(mail);
  expect(received.map(({ to }) => to)).toEqual([['zoe@example.org']]);
  const [{ source } = { source: '' }] = received;
  expect(source).toMatch(/^Message-ID: <invitation-1@example\.org>/m);
  expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(source).not.toMatch(/^Bcc:/m);
});

it('tells a refusal for good from one that may pass', async () => {
  refuseWith = 550;
  await expect(bySmtp().send(mail)).rejects.toThrow(PermanentJobError);
  refuseWith = 451;
  const passing: unknown = await bySmtp()
    .send(mail)
    .catch((error: unknown) => error);
  expect(passing).toBeInstanceOf(Error);
  expect(passing).not.toBeInstanceOf(PermanentJobError);
  const nobodyThere: unknown = await createMailer({ smtpUrl: 'smtp://127.0.0.1:1', folder, from })
    .send(mail)
    .catch((error: unknown) => error);
  expect(nobodyThere).toBeInstanceOf(Error);
  expect(nobodyThere).not.toBeInstanceOf(PermanentJobError);
});

it('without a server leaves one file a message, however often it is sent, for its owner alone', async () => {
  const mailer = createMailer({ smtpUrl: undefined, folder: join(folder, 'mail'), from });
  await mailer.send(mail);
  await mailer.send(mail);
  expect(readdirSync(join(folder, 'mail'))).toEqual(['invitation-1.eml']);
  const file = join(folder, 'mail', 'invitation-1.eml');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/^Subject: Your place\r$/m);
});
