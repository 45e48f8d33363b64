import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { leavesPage } from './leaves-page.ts';

/** Asks before an answer that is on its way is thrown away: by closing the tab, or by a link in it. */
export function useWarningBeforeLeaving(isPending: boolean): void {
  const t = useTranslations('ask');
  const question = t('leave');
  useEffect(() => {
    if (!isPending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the link's own handler: that is React's, on the document.
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || !leavesPage(event, link, window.location.href) || window.confirm(question)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('beforeunload', warn);
    window.addEventListener('click', ask, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('click', ask, { capture: true });
    };
  }, [isPending, question]);
}
