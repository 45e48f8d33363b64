import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFeatureExtractor } from './features.ts';
import { heaviestFeatures } from './heaviest-features.ts';
import { parsePublicIdf, publicIdf } from './public-idf.ts';
import { foldText, hashWord, wordsOf } from './words.ts';

const extract = createFeatureExtractor(publicIdf());
const dot = (a: string, b: string) => {
  const left = extract(a, 100);
  const right = extract(b, 100);
  const weights = new Map([...right.ids].map((id, at) => [id, right.weights[at] ?? 0]));
  return left.ids.reduce((sum, id, at) => sum + (left.weights[at] ?? 0) * (weights.get(id) ?? 0), 0);
};

describe('publicIdf', () => {
  test('is ln((N + 1) / (df + 1)), and the largest value for unknown words', () => {
    const idf = parsePublicIdf('# documents: 99\nfever\t9\npain\t49\n');
    expect(idf.of(hashWord('fever'))).toBeCloseTo(Math.log(10), 5);
    expect(idf.of(hashWord('pain'))).toBeCloseTo(Math.log(2), 5);
    expect(idf.of(hashWord('xylophone'))).toBeCloseTo(Math.log(100), 5);
    expect(() => parsePublicIdf('fever\t9\n')).toThrow('# documents');
  });

  test('the table that ships says where it comes from and ranks words sensibly', () => {
    const idf = publicIdf();
    expect(idf.words).toBe(12_000);
    expect(idf.of(hashWord('the'))).toBeLessThan(0.2);
    expect(idf.of(hashWord('fever'))).toBeGreaterThan(idf.of(hashWord('patient')));
    expect(idf.of(hashWord('qqqqq'))).toBe(idf.max);
  });
});

describe('createFeatureExtractor', () => {
  test('gives unit vectors with ascending distinct ids, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 120 }), (codes) => {
        const text = String.fromCharCode(...codes);
        const { ids, weights } = extract(text, 50);
        expect([...ids]).toEqual([...new Set(ids)].sort((a, b) => a - b));
        const length = weights.reduce((sum, weight) => sum + weight * weight, 0);
        if (ids.length > 0) expect(length).toBeCloseTo(1, 4);
      }),
      { numRuns: 40 },
    );
  });

  test('does not remember earlier texts', () => {
    const alone = createFeatureExtractor(publicIdf())('wheezing and cough', 100);
    extract('crushing chest pain, wheezing', 100);
    expect(extract('wheezing and cough', 100)).toEqual(alone);
  });

  test('folds case, accents and plurals, and weighs rare words above common ones', () => {
    expect(dot('Stones, FEVER', 'stone fevers')).toBeCloseTo(1, 5);
    expect(dot('Ménière', 'meniere')).toBeCloseTo(1, 5);
    expect(wordsOf('Ménière’s stones, 58 virus')).toEqual(['meniere', 'stone', 'virus']);
    expect(dot('hemoptysis in the patient', 'hemoptysis')).toBeGreaterThan(
      dot('pain with hemoptysis', 'pain'),
    );
  });

  test('the opening counts once more, common words too, and less the further on', () => {
    const filler = 'hemoptysis wheezing sputum crackles pleurisy empyema asthma bronchitis '.repeat(2);
    expect(dot('in the of', 'in the of')).toBeCloseTo(1, 5);
    expect(dot(`in the of ${filler}`, 'in the of')).toBeGreaterThan(0);
    expect(dot(`${filler} in the of`, 'in the of')).toBe(0);
    expect(dot('the with', 'the')).toBeGreaterThan(dot('with the', 'the'));
  });

  test('a negation covers its clause and nothing after it', () => {
    expect(dot('denies fever', 'fever')).toBe(0);
    expect(dot('denies cough, fever', 'fever')).toBe(0);
    expect(dot('denies cough. fever', 'fever')).toBeGreaterThan(0);
    expect(dot('no cough but fever', 'fever')).toBeGreaterThan(0);
    expect(dot('denies fever', 'no fever')).toBeCloseTo(1, 5);
  });
});

describe('foldText', () => {
  test('drops accents, whether they are composed or not', () => {
    expect(foldText('M\u00e9ni\u00e8re')).toBe('meniere');
    expect(foldText('Me\u0301nie\u0300re')).toBe('meniere');
  });

  // Sorting the marks would take minutes.
  test('takes a long run of marks', () => {
    expect(foldText(`a${'\u0301\u0316'.repeat(250_000)}`)).toBe('a');
  });
});

describe('heaviestFeatures', () => {
  const vector = { ids: Uint16Array.of(3, 5, 8, 13), weights: Float32Array.of(0.25, 0.5, 0.25, 0.75) };

  test('keeps the heaviest, the smaller id on a tie, in ascending order', () => {
    expect(heaviestFeatures(vector, 3)).toEqual({
      ids: Uint16Array.of(3, 5, 13),
      weights: Float32Array.of(0.25, 0.5, 0.75),
    });
    expect(heaviestFeatures(vector, 0).ids).toHaveLength(0);
  });

  test('leaves a short vector as it is', () => {
    expect(heaviestFeatures(vector, 4)).toBe(vector);
  });
});
