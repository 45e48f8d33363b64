/** Whether a path decodes to text that a name could have: `%E0%A4%A` is no text, and nothing has a NUL in its name. */
export function isReadablePath(pathname: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(pathname));
  } catch {
    return false;
  }
}
