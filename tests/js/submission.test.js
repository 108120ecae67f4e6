/** The body that is signed holds what the visit asks, and nothing that was answered before a change of mind. */

import { setAnswer } from '/static/js/visit/answers.js';
import { VisitRecord } from '/static/js/visit/record.js';
import { nextStep } from '/static/js/visit/steps.js';
import { visitBody } from '/static/js/visit/submission.js';

const NOW = new Date('2026-11-19T19:11:00.000Z');
const AT = '2026-11-19T19:00:00.000Z';
const CONDITION = { id: 'c7', kind: 'no_drugs', number: 7, text: 'You must not possess drug paraphernalia.' };

async function record(values = {}) {
  const template = await (await fetch('/fieldapp/checklists/home-1.json')).json();
  const body = {
    ...{ arrived_at: '2026-11-19T18:52:00.000Z', position: null, check_in: 'k', outcome: 'contact_inside', outcome_note: '' },
    ...{ answers: [], rows: {}, narrative: '', accompanied_by: ' T. Nakamura ,, ', scheduled: false, reason: 'standard' },
    ...values,
  };
  const page = { supervisee: 'p', stop: 's', place: 'home', address: { id: 'a' }, checklist: { key: 'home', version: 1 }, conditions: [CONDITION] };
  const made = new VisitRecord(page, template, null, {});
  made.draft = { supervisee: 'p', stop: 's', place: 'home', address: 'a', body };
  return made;
}

export const tests = {
  'a visit goes to the stop and address at which it was begun, whatever page it is finished on': async (t) => {
    const made = await record();
    made.page = { ...made.page, stop: null, address: { id: 'moved' } };
    const { supervisee, stop, place, address } = visitBody(made, NOW);
    t.equal({ supervisee, stop, place, address }, { supervisee: 'p', stop: 's', place: 'home', address: 'a' });
  },

  'an answer goes with note and finding only where its value asks for them': async (t) => {
    const beside = { note: 'Glass pipe.', discovery: 'plain_view', answered_by: 'tap', at: AT };
    const yes = { item: 'compliance.paraphernalia', value: 'yes', ...beside };
    const no = { item: 'compliance.alcohol', value: 'no', ...beside };
    const { answers } = visitBody(await record({ answers: [no, yes] }), NOW);
    t.equal(answers, [{ item: 'compliance.alcohol', value: 'no', answered_by: 'tap', at: AT }, yes]);
  },

  'answers, rows and notes of what is not asked any more are not signed': async (t) => {
    const answers = [{ item: 'compliance.alcohol', value: 'no', answered_by: 'rest', at: AT }];
    const rows = { 'people.persons': [{ id: 'r', name: 'Lorraine' }] };
    const body = visitBody(await record({ outcome: 'no_one_home', outcome_note: 'Knocked.', answers, rows }), NOW);
    t.equal([body.answers, body.rows, body.outcome_note], [[], {}, 'Knocked.']);
    t.equal(visitBody(await record({ outcome_note: 'Knocked.' }), NOW).outcome_note, '');
  },

  'a field that hangs on another is dropped with it': async (t) => {
    const row = { id: 'r', item: 'Pipe', action: 'none', receipt_number: '12' };
    const { rows } = visitBody(await record({ rows: { 'observations.items': [row] } }), NOW);
    t.equal(rows, { 'observations.items': [{ id: 'r', item: 'Pipe', action: 'none' }] });
  },

  'who came along is a list of names, and the times are those of arrival, review and signature': async (t) => {
    const left_at = '2026-11-19T19:09:00.000Z';
    const body = visitBody(await record({ left_at }), NOW);
    t.equal(body.accompanied_by, ['T. Nakamura']);
    t.equal([body.arrived_at, body.left_at, body.certified_at], ['2026-11-19T18:52:00.000Z', left_at, NOW.toISOString()]);
  },

  'a changed answer keeps its note and takes its place once': async (t) => {
    const { body } = await record({ answers: [{ item: 'a.b', value: 'yes', answered_by: 'rest', at: AT, note: 'Kept.' }] });
    setAnswer(body, 'a.b', 'no', 'tap', AT);
    t.equal(body.answers, [{ item: 'a.b', value: 'no', answered_by: 'tap', at: AT, note: 'Kept.' }]);
    setAnswer(body, 'a.b', undefined, 'tap', AT);
    t.equal(body.answers, []);
  },

  'what is asked, raised and counted follows each change': async (t) => {
    const made = await record();
    const home = made.asked.sections.length;
    made.change((body) => setAnswer(body, 'compliance.paraphernalia', 'yes', 'tap', AT));
    t.equal([made.asked.flags.length, made.asked.sections.find(({ key }) => key === 'compliance').answered], [1, 1]);
    made.change((body) => Object.assign(body, { outcome: 'no_one_home' }));
    t.equal(made.asked.flags.length, 0);
    t.ok(made.asked.sections.length < home);
  },

  'next leads over what asks for nothing to what is still missing': async (t) => {
    t.equal(nextStep(await record({ outcome: undefined }), 'outcome'), null);
    t.equal(nextStep(await record(), 'outcome'), { id: 'section-arrival', text: 'Start checklist' });
    t.equal(nextStep(await record(), 'section-compliance'), { id: 'section-asked', text: 'Next: Asked' });
    t.equal(nextStep(await record(), 'section-asked'), { id: 'sign', text: 'Review and sign' });
    t.equal(nextStep(await record({ outcome: 'no_one_home' }), 'outcome'), { id: 'sign', text: 'Review and sign' });
  },
};
