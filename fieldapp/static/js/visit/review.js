/** The review before signing: what is missing with the way to it, what is flagged, and the facts as they will stand. */

import { positionState } from './arrival.js';
import { keptWords } from './photos.js';
import { conditionLines, flagWords, FLAGS } from './raised.js';
import { icon, find, make, state } from '../element.js';
import { clockTime, count } from '../words.js';
import { missing, outcomeOf } from '../../../service-worker/checklist.js';

/** @typedef {import('./record.js').VisitRecord} VisitRecord */
/** @typedef {import('../../../service-worker/checklist-types.js').Missing} Missing */
/** @typedef {import('../../../service-worker/checklist-types.js').Flag} Flag */

const FEW = 6;

/**
 * @param {HTMLElement} step
 * @param {VisitRecord} record
 */
export function showReview(step, record) {
  find(step, '[data-lacking]').replaceChildren(...lackingLines(record));
  showFlags(find(step, '[data-flagged]'), record);
  const facts = Object.entries(factsOf(record)).filter(([, value]) => value);
  const pairs = facts.map(([label, value]) => make('div', {}, make('dt', {}, label), make('dd', {}, value)));
  find(step, '[data-facts]').replaceChildren(...pairs);
}

/**
 * What stops the officer from signing.
 * @param {VisitRecord} record
 * @returns {Missing[]}
 */
export function lacking({ template, visit, page }) {
  return missing(template, visit, page.conditions);
}

/**
 * @param {VisitRecord} record
 * @returns {HTMLElement[]}
 */
function lackingLines(record) {
  const lines = shortened(lacking(record), record).map(({ item, words }) => line(state('stop', 's-stop', words), `#${item}`, 'Answer'));
  const blind = record.photos.filter(({ position, source }) => position.accuracy_m === null && source === 'camera');
  for (const { no_position_reason } of blind) {
    const reason = no_position_reason ? `Reason: ${no_position_reason}` : 'Say why';
    lines.push(line(state('warn', 's-warn', 'A photo has no position'), '#photos', 'Change', reason));
  }
  const asked = record.asked.sections;
  const open = asked.filter(({ answered, missing }) => answered === 0 && missing === 0).map(({ title }) => title);
  if (open.length) lines.push(make('li', {}, make('p', { class: 'muted' }, `Left open: ${open.join(', ')}`)));
  const [answered, shown] = [sum(asked, 'answered'), sum(asked, 'shown')];
  const words = shown ? `${answered} of ${shown} answered, ${keptWords(record.photos)}` : keptWords(record.photos);
  return [...lines, make('li', {}, state('ok', 's-ok', words))];
}

/**
 * Many things that are missing become one line a section, each leading to the first of them.
 * @param {Missing[]} all
 * @param {VisitRecord} record
 * @returns {{item: string, words: string}[]}
 */
function shortened(all, { template }) {
  if (all.length <= FEW) return all;
  const sections = template.sections.map(({ key, title }) => {
    const here = all.filter(({ item }) => item.startsWith(`${key}.`));
    return { item: here[0]?.item ?? '', words: `${title}: ${count(here.length, 'answer')} missing` };
  });
  return [...all.filter(({ item }) => !item.includes('.')), ...sections.filter(({ item }) => item)];
}

/**
 * @param {HTMLElement} what
 * @param {string} href
 * @param {string} action
 * @param {string} [below]
 */
function line(what, href, action, below) {
  const words = below ? make('div', {}, what, make('p', { class: 'muted' }, below)) : what;
  return make('li', { class: 'split' }, words, make('a', { class: 'btn small', href }, action));
}

/**
 * @param {HTMLElement} block
 * @param {VisitRecord} record
 */
function showFlags(block, { template, visit, page, asked: { flags } }) {
  block.toggleAttribute('hidden', flags.length === 0);
  find(block, 'h2').textContent = count(flags.length, 'flag');
  const notices = flags.map((flag) => {
    const { tone, shape } = FLAGS[flag.kind];
    const { text, more } = flagWords(flag, template);
    const answer = visit.answers?.find(({ item }) => item === flag.item);
    const note = flag.item === 'outcome' ? visit.outcome_note : answer?.note;
    const court = flag.kind === 'potential_violation' ? 'The court decides whether it is a violation.' : '';
    const beside = make('p', { class: 'muted' }, [note, more, court].filter(Boolean).join(' '));
    const heading = make('h3', {}, `${text}: ${flag.label}`);
    return make('div', { class: 'notice', 'data-tone': tone }, icon(shape), heading, ...conditionLines(flag, page.conditions), beside);
  });
  find(block, '.stack').replaceChildren(...notices);
}

/**
 * @param {VisitRecord} record
 * @returns {Record<string, string>}
 */
function factsOf({ template, visit, page, body }) {
  const { manner } = page;
  const left = body.left_at ?? new Date().toISOString();
  const minutes = Math.round((Date.parse(left) - Date.parse(body.arrived_at)) / 60_000);
  const value = (/** @type {string} */ id) => body.answers.find(({ item }) => item === id)?.value;
  const lives = optionWords(template, 'residence.lives_here', value('residence.lives_here'));
  const shows = optionWords(template, 'residence.evidence', value('residence.evidence'));
  const others = body.accompanied_by.split(',').map((name) => name.trim()).filter(Boolean);
  const present = (body.rows['people.persons'] ?? []).map(({ name }) => name).filter(Boolean);
  const seen = outcomeOf(template, visit)?.class === 'completed' && visit.outcome !== 'collateral_only';
  return {
    Outcome: outcomeOf(template, visit)?.label ?? '',
    Time: `${clockTime(body.arrived_at, manner)} to ${clockTime(left, manner)}, ${minutes} min`,
    Position: positionState(body.position, page).text,
    Officers: [page.officer_name, ...others].join(', '),
    Present: [...(seen ? [page.name] : []), ...present].join(', '),
    Residence: lives && shows ? `${lives}: ${shows.toLowerCase()}` : lives,
    'Counts as': countsAs(outcomeOf(template, visit), page),
  };
}

/**
 * @param {import('../../../service-worker/checklist-types.js').Outcome | undefined} outcome
 * @param {import('./types.js').Page} page
 */
function countsAs(outcome, { place, days_late, collateral_counts }) {
  if (!outcome) return '';
  if (outcome.class === 'attempted') return 'Attempt, does not count';
  if (outcome.class === 'not_attempted') return 'Not attempted';
  if (outcome.code === 'collateral_only' && !collateral_counts) return 'Collateral contact, does not count';
  const kind = place === 'home' ? 'Home contact' : 'Work contact';
  return days_late ? `${kind}, ${count(days_late, 'day')} late` : kind;
}

/**
 * @param {import('./types.js').Template} template
 * @param {string} id
 * @param {any} value
 */
function optionWords(template, id, value) {
  const [section, key] = id.split('.');
  const item = template.sections.find((entry) => entry.key === section)?.items.find((entry) => entry.key === key);
  const chosen = [value].flat();
  return (item?.options ?? []).filter((option) => chosen.includes(option.value)).map(({ label }) => label).join(', ');
}

/**
 * @param {{answered: number, shown: number}[]} sections
 * @param {'answered' | 'shown'} what
 */
function sum(sections, what) {
  return sections.reduce((total, section) => total + section[what], 0);
}
