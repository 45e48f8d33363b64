import type { Presentation } from './presentation.ts';
import type { Random } from './random.ts';

type NoteStyle = (presentation: Presentation, random: Random) => string;

const listed = (items: readonly string[], last = 'and') =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const person = ({ sex }: Presentation) => (sex === 'female' ? 'woman' : 'man');
const pronoun = ({ sex }: Presentation) => (sex === 'female' ? 'She' : 'He');

/** Prose under the four headings of a problem-oriented note. */
const soap: NoteStyle = (p, random) =>
  [
    `S: ${p.age}-year-old ${person(p)} ${random.pick(['presents with', 'comes in with', 'reports'])} ${listed(p.symptoms)} for ${p.duration}.`,
    p.denied.length ? `Denies ${listed(p.denied, 'or')}.` : '',
    p.history.length ? `History of ${listed(p.history)}.` : 'No relevant history.',
    `\nO: ${capital(listed(p.signs.length ? p.signs : ['vitals stable']))}.`,
    p.suspected ? `\nA: possible ${p.suspected.toLowerCase()}.` : '\nA: as above, workup ongoing.',
    `\nP: ${p.plans.join('; ')}.`,
  ].join(' ');

/** The emergency department's shorthand. */
const telegraphic: NoteStyle = (p) =>
  [
    `${p.age}${p.sex === 'female' ? 'F' : 'M'} c/o ${p.symptoms.join(', ')} x ${p.duration}.`,
    p.denied.length ? `No ${p.denied.join(', no ')}.` : '',
    p.history.length ? `PMH: ${p.history.join(', ')}.` : 'PMH: nil.',
    p.signs.length ? `O/E ${p.signs.join(', ')}.` : 'O/E NAD.',
    p.suspected ? `? ${p.suspected}.` : '',
    `Plan: ${p.plans.join(', ')}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');

/** A letter to the family doctor. */
const letter: NoteStyle = (p, random) =>
  [
    random.pick(['Thank you for referring this patient.', 'I saw your patient today.', 'Seen in clinic.']),
    `This ${p.age} year old ${person(p)} describes ${listed(p.symptoms)}, going on for ${p.duration}.`,
    p.history.length ? `${pronoun(p)} is known to have had ${listed(p.history)}.` : '',
    p.denied.length ? `There was no ${listed(p.denied, 'or')}.` : '',
    p.signs.length ? `On assessment I found ${listed(p.signs)}.` : 'Assessment added little.',
    p.suspected ? `I wonder about ${p.suspected.toLowerCase()}.` : '',
    `I suggest: ${listed(p.plans)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');

/** The form of an electronic record. */
const template: NoteStyle = (p) =>
  [
    `CHIEF COMPLAINT: ${p.symptoms[0] ?? 'unwell'}`,
    `HPI: ${p.age} y/o ${p.sex}, onset ${p.duration}. ${capital(listed(p.symptoms))}.`,
    `ROS: ${p.denied.length ? `negative for ${p.denied.join(', ')}` : 'otherwise noncontributory'}.`,
    `PAST HISTORY: ${p.history.length ? p.history.join(', ') : 'none recorded'}.`,
    `EXAM/TESTS: ${p.signs.length ? p.signs.join('; ') : 'within normal limits'}.`,
    ...(p.suspected ? [`IMPRESSION: r/o ${p.suspected.toLowerCase()}`] : []),
    `PLAN: ${p.plans.join('. ')}.`,
  ].join('\n');

export const NOTE_STYLES: readonly [NoteStyle, NoteStyle, NoteStyle, NoteStyle] = [
  soap,
  telegraphic,
  letter,
  template,
];
