import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import { Rho } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';

/** What decided how much of a reservation was used, and what was given back: properties of a request. */
export function useDrawnItems(drawn: RequestDetail['drawn']) {
  const t = useTranslations('request');
  const answer = useTranslations('answer');
  if (drawn === null) return [];
  const givenBack = { name: t('givenBack'), value: <Rho rho={drawn.givenBackRho} /> };
  if ('test' in drawn)
    return [
      givenBack,
      { name: <Term name="consensus">{answer('test')}</Term>, value: answer(`tests.${drawn.test}`) },
      { name: answer('winner'), value: answer(drawn.reached ? 'reached' : 'notReached') },
    ];
  const { tokens, maxTokens, clip } = drawn;
  return [
    givenBack,
    { name: answer('tokens'), value: answer('tokensText', { tokens, maxTokens }) },
    {
      name: <Term name="clip">{answer('clip')}</Term>,
      value: answer('clipText', { clip }),
    },
  ];
}
