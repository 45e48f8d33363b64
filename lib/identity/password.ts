import { hash, verify } from '@node-rs/argon2';

// OWASP's second profile for argon2id: 19 MiB, two passes, one lane. argon2id is the library's default algorithm.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id with a fresh salt, as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether `password` belongs to the PHC string. A malformed hash is a no, never an error that tells them apart. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  try {
    return await verify(phc, password);
  } catch {
    return false;
  }
}
