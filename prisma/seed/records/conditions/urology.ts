import { type Condition, inDepartment } from '../condition.ts';

export const UROLOGY: readonly Condition[] = inDepartment('urology', [
  {
    code: 'N39.0',
    display: 'Urinary tract infection, site not specified',
    name: 'Urinary tract infection',
    ages: [16, 95],
    symptoms: {
      dysuria: 0.58,
      frequency: 0.52,
      'suprapubic-pain': 0.35,
      hematuria: 0.2,
      fever: 0.2,
      'flank-pain': 0.12,
      confusion: 0.1,
      chills: 0.08,
    },
    signs: {
      'urine-leukocytes': 0.48,
      'urine-blood': 0.15,
      'white-count-raised': 0.15,
      'high-temperature': 0.12,
    },
    plans: ['nitrofurantoin', 'urine culture sent', 'oral antibiotics', 'fluids encouraged'],
  },
  {
    code: 'N20.0',
    display: 'Calculus of kidney',
    name: 'Kidney stone',
    emergency: true,
    ages: [20, 75],
    symptoms: {
      'flank-pain': 0.64,
      hematuria: 0.4,
      nausea: 0.32,
      vomiting: 0.25,
      dysuria: 0.18,
      frequency: 0.15,
      'back-pain': 0.2,
      sweating: 0.08,
    },
    signs: { 'ureter-stone': 0.4, 'urine-blood': 0.4, 'labs-normal': 0.12 },
    plans: ['ketorolac', 'tamsulosin and fluids', 'strain urine', 'analgesia'],
  },
]);
