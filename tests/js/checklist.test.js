/** The checklist rules on the phone, tried with the very cases that the office passes. */

import {
  isDiscreet,
  missing,
  optionsOf,
  outcomeOf,
  raisedFlags,
  restValues,
  sectionProgress,
  visibleFields,
  visibleItems,
} from '/service-worker/checklist.js';

const load = async (path) => (await fetch(new URL(path, import.meta.url))).json();
const template = (key) => load(`../../fieldapp/checklists/${key}-1.json`);

/** A case filled in as on the phone: the answers first, then the rest buttons in their order. */
function fill(checklist, entry) {
  const visit = { ...entry, answers: [...entry.answers], photos: entry.photos.map((item) => ({ item })) };
  const gives = {};
  for (const section of entry.rest) {
    gives[section] = restValues(visibleItems(checklist, visit, entry.conditions), section, visit.outcome);
    visit.answers.push(...Object.entries(gives[section]).map(([item, value]) => ({ item, value })));
  }
  return { visit, gives };
}

function tryCase(t, checklist, entry) {
  const { visit, gives } = fill(checklist, entry);
  const ids = visibleItems(checklist, visit, entry.conditions).map((shown) => shown.id);
  t.equal(missing(checklist, visit, entry.conditions), entry.missing, `${entry.name}: missing`);
  t.equal(raisedFlags(checklist, visit, entry.conditions), entry.flags, `${entry.name}: flags`);
  t.equal(ids, entry.visible ?? ids, `${entry.name}: visible`);
  for (const id of entry.shows ?? []) t.ok(ids.includes(id), `${entry.name}: shows ${id}`);
  for (const id of entry.hides ?? []) t.ok(!ids.includes(id), `${entry.name}: hides ${id}`);
  for (const [section, values] of Object.entries(entry.rest_gives ?? {})) {
    t.equal(gives[section], values, `${entry.name}: rest of ${section}`);
  }
  t.equal(isDiscreet(checklist, visit), entry.discreet ?? false, `${entry.name}: discreet`);
  const progress = sectionProgress(checklist, visit, entry.conditions);
  for (const [section, counts] of Object.entries(entry.progress ?? {})) {
    const { answered, shown, missing: open } = progress.find((part) => part.key === section);
    t.equal({ answered, shown, missing: open }, counts, `${entry.name}: progress of ${section}`);
  }
}

export const tests = {
  'phone answers each shared case as written': async (t) => {
    const checklists = { home: await template('home'), work: await template('work') };
    const cases = await load('cases/checklist-cases.json');
    t.ok(cases.length > 30, 'the cases are there');
    for (const entry of cases) tryCase(t, checklists[entry.template], entry);
  },

  'before an outcome is chosen nothing is asked but the outcome': async (t) => {
    const home = await template('home');
    t.equal(visibleItems(home, {}, []), [], 'visible');
    t.equal(raisedFlags(home, { answers: [{ item: 'compliance.alcohol', value: 'yes' }] }, []), [], 'flags');
    t.equal(missing(home, {}, []).map((entry) => entry.item), ['outcome'], 'missing');
    t.equal(sectionProgress(home, {}, []), [], 'progress');
    t.equal(outcomeOf(home, {}), undefined);
  },

  'a draft with nothing but its outcome can be asked': async (t) => {
    const work = await template('work');
    t.ok(missing(work, { outcome: 'contact_inside' }, []).length > 0, 'something is missing');
    t.equal(isDiscreet(work, {}), true);
  },

  'the receipt number is asked only for an item that was taken': async (t) => {
    const home = await template('home');
    const item = home.sections.find((section) => section.key === 'observations').items[0];
    const keys = (action) => visibleFields(item, { action }).map((field) => field.key);
    t.ok(keys('seized').includes('receipt_number'), 'asked');
    t.ok(!keys('none').includes('receipt_number'), 'not asked');
  },

  'four-way items offer yes, no, not observed and not applicable': async (t) => {
    const home = await template('home');
    const [confirmed] = home.sections[0].items;
    t.equal(optionsOf(confirmed).map((option) => option.value), ['yes', 'no', 'not_observed', 'not_applicable']);
  },
};
