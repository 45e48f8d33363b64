import { expect, it } from 'vitest';
import { invitationMail } from './invitation-mail.ts';

const mail = invitationMail({
  invitationId: '7d4cb1d5-6f0c-4b0a-9a44-0f2a3a0e9c11',
  email: 'zoe@example.org',
  name: '<img src=x onerror=alert(1)>',
  role: 'dpo',
  organisation: 'Sant & Pau "North"',
  inviter: 'Ada Admin',
  link: 'http://localhost:3000/join/abc_-123',
  expiresAt: new Date('2026-11-26T09:05:00Z'),
});

it('says who, as what, where and until when', () => {
  expect(mail.subject).toBe('Your place at Sant & Pau "North"');
  for (const words of ['Ada Admin', 'http://localhost:3000/join/abc_-123', 'November 26, 2026'])
    expect(mail.text).toContain(words);
  expect(mail.text).toMatch(/Your role there: Data-protection officer\./);
});

it('encodes other people’s words in HTML', () => {
  expect(mail.html).not.toContain('<img');
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(mail.html).toContain('Sant &amp; Pau &quot;North&quot;');
  expect(mail.html).toContain('href="http://localhost:3000/join/abc_-123"');
});
