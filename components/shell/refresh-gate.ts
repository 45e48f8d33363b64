/** Long enough to take the reserve and the settlement of one question for one change, short enough to be called live. */
const SETTLE_MS = 400;
/** However much changes, a page is read no oftener. */
const LEAST_APART_MS = 2_000;

/** Lets many askings through as few refreshes: none in a hidden tab until it is looked at again. */
export function refreshGate(refresh: () => void): { ask: () => void; close: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = 0;
  let owed = false;
  const go = () => {
    timer = undefined;
    if (document.visibilityState === 'hidden') return;
    owed = false;
    lastMs = Date.now();
    refresh();
  };
  const ask = () => {
    owed = true;
    timer ??= setTimeout(go, Math.max(SETTLE_MS, lastMs + LEAST_APART_MS - Date.now()));
  };
  const onVisible = () => {
    if (owed && document.visibilityState !== 'hidden') ask();
  };
  document.addEventListener('visibilitychange', onVisible);
  return {
    ask,
    close: () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}
