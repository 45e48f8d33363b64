/** `unable`: this browser cannot check it, which is no verdict. */
export type CheckResult = 'holds' | 'fails' | 'unable';

/** What cannot be read does not hold; what this browser has no means for is not judged. */
export async function tried(check: () => Promise<boolean>): Promise<CheckResult> {
  // Only secure contexts (https, localhost) have it.
  if (globalThis.crypto?.subtle === undefined) return 'unable';
  try {
    return (await check()) ? 'holds' : 'fails';
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotSupportedError' ? 'unable' : 'fails';
  }
}

/** All of it holds, or what stands in the way: a failure weighs more than what could not be checked. */
export function together(results: readonly CheckResult[]): CheckResult {
  return results.includes('fails') ? 'fails' : results.includes('unable') ? 'unable' : 'holds';
}
