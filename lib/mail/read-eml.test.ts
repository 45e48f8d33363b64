import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { readEml } from './read-eml.ts';

async function written(mail: { to: string; subject: string; text: string; html: string }): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({ from: 'no-reply@fdlr.invalid', ...mail });
  return String(message);
}

const LONG = `Grüße, ${'ein langer Satz ohne Ende '.repeat(20)}\nhttps://console.example/join/a-long_token=1`;

it.each(['Plain words', LONG, 'один текст'])(
  'reads the text that was written and not its HTML',
  async (text) => {
    const mail = { to: 'Ada Ü <ada@example.org>', subject: 'Ihr Platz für 2026 – jetzt', text };
    const read = readEml(await written({ ...mail, html: '<script>alert(1)</script>' }));
    expect(read).toMatchObject({ to: 'ada@example.org', subject: mail.subject, text });
    expect(read.sentAt).toBeInstanceOf(Date);
  },
);

it.each([
  '',
  'no mail at all',
  'Subject: x\n\nno recipient',
  'To: a@example.org\nContent-Type: text/html\n\n<p>',
])('refuses %j', (source) => {
  expect(() => readEml(source)).toThrow();
});
