import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import english from '../../lib/i18n/messages/en.json' with { type: 'json' };
import { checkMessages } from './check-messages.ts';
import { usesOf } from './used-keys.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = globSync('{app,components,lib,worker}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: (name) => /(^|\/)(generated|testing)$|\.test\.tsx?$/.test(name),
}).map((file) => usesOf(file, readFileSync(`${root}${file}`, 'utf8')));

/** Asks for texts that are there, by word and by pattern, and for two that are not. */
const PAGE = `
export async function Page({ state, colour }: { state: string; colour: 'red' }) {
  const [t, data] = await Promise.all([getTranslations('page'), load()]);
  return <p>{t('title')} {t(\`states.\${state}\`)} {t(data ? 'absent' : 'title')} {t(\`gone.\${state}\`)}</p>;
}
function Colour({ colour }: { colour: 'red' }) {
  return useTranslations('colours')(colour);
}
`;

describe('the English messages', () => {
  it('has every text that is asked for, and none that is not', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(checkMessages(english, sources)).toEqual({ missing: [], unused: [] });
  });

  it('notices a text that is missing and one that nothing asks for', () => {
    const fixture = usesOf('page.tsx', PAGE);
    const messages = {
      page: {
        title: 'Title',
        never: 'Never asked for',
        states: { open: 'Open', shut: 'Shut' },
        other: { open: 'Not this one' },
      },
      colours: { red: 'Red', blue: 'Blue' },
    };
    expect(checkMessages(messages, [fixture])).toEqual({
      missing: ['page.tsx: page: absent', 'page.tsx: page: gone.*'],
      unused: ['page.never', 'page.other.open', 'colours.blue'],
    });
  });
});
