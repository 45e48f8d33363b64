import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app expects it. */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** RFC 4226, section 4: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20;
/** Steps that a clock may be off, to either side. */
const WINDOW = 1;

export function newTotpSecret(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(SECRET_BYTES));
}

/** What an app is told: the secret to type, and the address that a QR code carries. */
export function totpSetup(secret: Uint8Array<ArrayBuffer>, issuer: string, label: string) {
  const totp = new TOTP({ ...FORM, issuer, label, secret: new Secret({ buffer: secret.buffer }) });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The 30-second step whose code this is, within the window; null for a wrong code. Compared in constant time. */
export function stepOfCode(secret: Uint8Array<ArrayBuffer>, code: string, now: Date): bigint | null {
  const timestamp = now.getTime();
  const away = TOTP.validate({
    ...FORM,
    token: code,
    secret: new Secret({ buffer: secret.buffer }),
    timestamp,
    window: WINDOW,
  });
  return away === null ? null : BigInt(TOTP.counter({ period: FORM.period, timestamp }) + away);
}
