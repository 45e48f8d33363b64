/** Length is what counts (NIST SP 800-63B); rules about signs and digits make people choose worse. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 256;
const MIN_DISTINCT = 5;

export type PasswordFault = 'too_short' | 'too_long' | 'names_you' | 'too_simple';
type Owner = { email: string; name: string };

/** What is wrong with a new password, or null. */
export function newPasswordFault(password: string, owner: Owner): PasswordFault | null {
  if ([...password].length < MIN_PASSWORD) return 'too_short';
  if (password.length > MAX_PASSWORD) return 'too_long';
  if (namesOwner(password, owner)) return 'names_you';
  return distinct(password) < MIN_DISTINCT ? 'too_simple' : null;
}

/** Whether little is left once the address and the name are taken out. */
function namesOwner(password: string, { email, name }: Owner): boolean {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  let rest = password.toLowerCase();
  for (const part of [local, domain, ...name.toLowerCase().split(/\s+/)]) {
    if (part.length >= 3) rest = rest.replaceAll(part, '');
  }
  return rest.length < password.length && rest.length < MIN_PASSWORD / 2;
}

const distinct = (password: string) => new Set(password.toLowerCase()).size;

export type PasswordStrength = 'weak' | 'fair' | 'strong';

/** A word for how long guessing would take, from length and variety alone: it knows no dictionary. */
export function passwordStrength(password: string, owner: Owner): PasswordStrength {
  if (newPasswordFault(password, owner)) return 'weak';
  const length = [...password].length;
  const isVaried = distinct(password) >= length / 2 || distinct(password) >= 12;
  return length >= 16 && isVaried ? 'strong' : 'fair';
}
