import { describe, expect, it } from 'vitest';
import { addLabels, MAX_LABEL_CHARACTERS, MAX_LABELS } from './labels.ts';

describe('the labels of a question', () => {
  it('come one by one or pasted, and keep their commas', () => {
    expect(addLabels(['Asthma'], ' Pneumonia,  viral \nSepsis; Stroke;')).toEqual({
      labels: ['Asthma', 'Pneumonia, viral', 'Sepsis', 'Stroke'],
      rest: '',
      problem: null,
    });
  });

  it('may not repeat, whatever their case', () => {
    expect(addLabels(['Asthma'], 'ASTHMA; Sepsis; sepsis')).toEqual({
      labels: ['Asthma', 'Sepsis'],
      rest: 'ASTHMA; sepsis',
      problem: 'duplicate',
    });
  });

  it('are at most 64, of at most 200 characters', () => {
    const full = Array.from({ length: MAX_LABELS }, (_, index) => `Label ${index}`);
    expect(addLabels(full, 'One more')).toEqual({ labels: full, rest: 'One more', problem: 'too_many' });
    const long = 'x'.repeat(MAX_LABEL_CHARACTERS + 1);
    expect(addLabels([], long)).toEqual({ labels: [], rest: long, problem: 'too_long' });
    expect(addLabels([], long.slice(1)).labels).toHaveLength(1);
  });
});
