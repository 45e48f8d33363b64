import { describe, expect, test } from 'vitest';
import { noteText } from './note-text.ts';
import { stripMarkup } from './strip-markup.ts';
import { note, textContent } from './testing-export.ts';

const withText = (text: string, contentType?: string) =>
  note('n', 'a', undefined, textContent(text, contentType));

describe('noteText', () => {
  test('joins text attachments and leaves out others', () => {
    const attachment = (contentType: string, text: string) => ({
      attachment: { contentType, data: Buffer.from(text).toString('base64') },
    });
    const content = [
      attachment('text/plain', 'fever'),
      attachment('application/pdf', 'binary'),
      attachment('text/html', '<p>and <b>cough</b></p>'),
    ];
    const text = noteText(note('n', 'a', undefined, { content }), 1_000);
    expect(text?.split(/\s+/)).toEqual(['fever', 'and', 'cough']);
  });

  test('reads the charset', () => {
    const data = Buffer.from('M\u00e9ni\u00e8re', 'latin1').toString('base64');
    const content = [{ attachment: { contentType: 'text/plain; charset=iso-8859-1', data } }];
    expect(noteText(note('n', 'a', undefined, { content }), 100)).toBe('M\u00e9ni\u00e8re');
  });

  test('is cut to the characters asked for, however many bytes or attachments there are', () => {
    expect(noteText(withText('fever '.repeat(1_000_000)), 20)).toBe('fever fever fever fe');
    expect(noteText(withText('\u20ac'.repeat(100_000)), 20)).toBe('\u20ac'.repeat(20));
    expect(noteText(withText(`<p>${'a'.repeat(100_000)}</p>`, 'text/html'), 20)).toBe('a'.repeat(20));
    const content = Array.from({ length: 100 }, () => withText('0123456789').content).flat();
    expect(noteText(note('n', 'a', undefined, { content }), 25)).toHaveLength(25);
  });
});

describe('stripMarkup', () => {
  const words = (html: string) => stripMarkup(html).trim().split(/\s+/).join(' ');

  test.each([
    ['<p>fever<br/>and&nbsp;cough</p>', 'fever and cough'],
    ['a<script type="x">if (1 < 2) {}</script>b', 'a b'],
    ['a<STYLE>p > b {}</Style >b', 'a b'],
    ['a<scripture>b</scripture>', 'a b'],
    ['a<script>never closed', 'a'],
    ['temperature &lt; 38 &amp; falling', 'temperature < 38 & falling'],
    ['SpO2 < 90', 'SpO2 < 90'],
    ['', ''],
  ])('%s', (html, expected) => {
    expect(words(html)).toBe(expected);
  });

  // A scanner that looks ahead from every tag would take minutes for these.
  test.each([
    ['<script>', ''],
    ['<style></script>', ''],
    ['<script></script>', ''],
    ['<', '<'],
    ['</', '</'],
  ])('takes a long run of %s', (piece, expected) => {
    const html = piece.repeat(200_000);
    expect(words(html)).toBe(expected.repeat(expected === '' ? 0 : 200_000));
  });
});
