const NAME = 'fdlr-local-key';

/** The person's key for a node, kept for this tab alone; forgotten where the browser gives no storage. */
export function keptLocalKey(url: string): string {
  try {
    return window.sessionStorage.getItem(`${NAME}:${url}`) ?? '';
  } catch {
    return '';
  }
}

export function keepLocalKey(url: string, key: string): void {
  try {
    if (key === '') window.sessionStorage.removeItem(`${NAME}:${url}`);
    else window.sessionStorage.setItem(`${NAME}:${url}`, key);
  } catch {
    // Typed again next time.
  }
}
