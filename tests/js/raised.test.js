/** What a flag is called on the phone: only what the checklist and the conditions bear out. */

import { flagWords } from '/static/js/visit/raised.js';
import { raisedFlags } from '/service-worker/checklist.js';

const AT = '2026-11-19T19:00:00.000Z';
const answer = (item, value) => ({ item, value, answered_by: 'tap', at: AT });
const visit = { outcome: 'contact_inside', answers: [answer('compliance.paraphernalia', 'yes'), answer('residence.lives_here', 'not_verified')] };

async function observations(seen = visit) {
  const template = await (await fetch('/fieldapp/checklists/home-1.json')).json();
  const flags = raisedFlags(template, seen, []).filter(({ kind }) => kind === 'observation');
  return { template, flags };
}

export const tests = {
  'what no condition of this person forbids is said to be so': async (t) => {
    const { template, flags } = await observations();
    const flag = flags.find(({ item }) => item === 'compliance.paraphernalia');
    t.equal(flagWords(flag, template), { text: 'Observation, no condition forbids it', more: '' });
  },

  'what may touch any condition is left to the supervisor': async (t) => {
    const { template, flags } = await observations();
    const flag = flags.find(({ item }) => item === 'residence.lives_here');
    t.equal(flagWords(flag, template), { text: 'Observation', more: 'Your supervisor decides which condition it touches.' });
  },

  'a refusal at the door is left to the supervisor too': async (t) => {
    const { template, flags } = await observations({ outcome: 'refused_entry', outcome_note: 'Not today.' });
    t.equal(flags.map((flag) => flagWords(flag, template).text), ['Observation']);
  },
};
