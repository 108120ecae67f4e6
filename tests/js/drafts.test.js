/** Drafts: one row a visit, one officer, one tab at a time. */

import { findDraft, holdDraft, listDrafts, loadDraft, removeDraft, saveDraft, startDraft } from '/service-worker/drafts.js';
import { unsentVisit } from '/service-worker/outbox.js';
import { Beginning } from '/static/js/visit.js';
import { Phone } from '/tests/js/harness/phone.js';

const pageOf = (phone, values = {}) => ({
  ...{ officer: phone.officer, supervisee: crypto.randomUUID(), stop: null, place: 'home', address: { id: 'a' }, ...values },
});

export const tests = {
  'a saved draft is there for the next page, step and answers included': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await saveDraft(phone.stores, { ...draft, step: 'compliance', body: { answers: [{ item: 'safety.dogs', value: 'yes' }] } });
    await phone.stores.close();
    const found = await loadDraft(phone.stores, draft.id, phone.officer);
    t.equal([found.step, found.body.answers[0].value], ['compliance', 'yes']);
  },

  'starting a visit again goes on with its draft': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await saveDraft(phone.stores, { ...draft, step: 'photos' });
    t.equal((await startDraft(phone.stores, draft)).step, 'photos');
    t.equal((await phone.rows('drafts')).length, 1);
  },

  'two taps at once on a stop make one draft, and so do two on a person and place without a stop': async (t) => {
    const phone = await Phone.open(t);
    const [stop, supervisee] = [crypto.randomUUID(), crypto.randomUUID()];
    const planned = await Promise.all([phone.draft({ stop, supervisee }), phone.draft({ stop, supervisee })]);
    t.equal(planned[0].id, planned[1].id);
    const other = crypto.randomUUID();
    const unplanned = await Promise.all([phone.draft({ supervisee: other }), phone.draft({ supervisee: other })]);
    t.equal(unplanned[0].id, unplanned[1].id);
    await phone.draft({ supervisee: other, place: 'work' });
    await phone.draft({ supervisee, stop: crypto.randomUUID() });
    await phone.draft({ supervisee, stop, officer: crypto.randomUUID() });
    t.equal((await phone.rows('drafts')).length, 5);
  },

  'a double tap on the page is one beginning': async (t) => {
    const phone = await Phone.open(t);
    const beginning = new Beginning(pageOf(phone), document.createElement('form'), phone.stores);
    await Promise.all([beginning.begin(), beginning.begin()]);
    await beginning.begin();
    const [draft, ...more] = await phone.rows('drafts');
    t.equal([draft.id, more], [beginning.draft.id, []]);
  },

  'a page without a stop takes up the planned draft of its person and place, and of several the one that is named': async (t) => {
    const phone = await Phone.open(t);
    const [supervisee, stop] = [crypto.randomUUID(), crypto.randomUUID()];
    const gone = await phone.draft({ supervisee, stop });
    phone.pass(60);
    const later = await phone.draft({ supervisee, stop: crypto.randomUUID() });
    const taken = async (values, id) => (await findDraft(phone.stores, pageOf(phone, { supervisee, ...values }), id))?.id;
    t.equal([await taken({}), await taken({}, gone.id), await taken({ stop })], [later.id, gone.id, gone.id]);
    t.equal([await taken({ place: 'work' }), await taken({ stop: crypto.randomUUID() })], [undefined, undefined]);
  },

  'a visit that is submitted and not sent is found by its stop, or by person and place': async (t) => {
    const phone = await Phone.open(t);
    const wanted = { supervisee: crypto.randomUUID(), stop: crypto.randomUUID(), place: 'home' };
    const row = await phone.submitDraft(await phone.draft(wanted), wanted);
    await phone.submit('check_in', { body: wanted });
    const found = async (values) => (await unsentVisit(phone.stores, phone.officer, { ...wanted, ...values }))?.id;
    t.equal([await found({}), await found({ stop: null })], [row.id, row.id]);
    t.equal([await found({ stop: crypto.randomUUID() }), await found({ stop: null, place: 'work' })], [undefined, undefined]);
    t.equal(await unsentVisit(phone.stores, 'other', wanted), undefined);
  },

  'another officer on the same phone sees no draft of mine': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    t.equal(await loadDraft(phone.stores, draft.id, 'other'), undefined);
    t.equal(await listDrafts(phone.stores, 'other'), []);
    await t.rejects(saveDraft(phone.stores, { ...draft, officer: 'other' }), 'DraftGoneError');
    await t.rejects(startDraft(phone.stores, { ...draft, officer: 'other' }), 'DraftGoneError');
    await t.rejects(removeDraft(phone.stores, draft.id, 'other'), 'DraftGoneError');
    t.equal((await phone.rows('drafts')).length, 1);
  },

  'the draft touched last comes first': async (t) => {
    const phone = await Phone.open(t);
    const first = await phone.draft();
    phone.pass(60);
    const second = await phone.draft();
    phone.pass(60);
    await saveDraft(phone.stores, first, phone.tools);
    t.equal((await listDrafts(phone.stores, phone.officer)).map(({ id }) => id), [first.id, second.id]);
  },

  'a removed draft takes its photos along and no others': async (t) => {
    const phone = await Phone.open(t);
    const [one, other] = [await phone.draft(), await phone.draft()];
    await phone.photo(one);
    const kept = await phone.photo(other);
    await removeDraft(phone.stores, one.id, phone.officer);
    t.equal((await phone.rows('photos')).map(({ id }) => id), [kept.id, kept.bytes_key]);
    t.equal((await phone.rows('drafts')).map(({ id }) => id), [other.id]);
  },

  'a late save does not bring back a submitted visit': async (t) => {
    const phone = await Phone.open(t);
    const draft = await phone.draft();
    await phone.submitDraft(draft);
    await t.rejects(saveDraft(phone.stores, draft), 'DraftGoneError');
    await t.rejects(startDraft(phone.stores, draft), 'DraftGoneError');
    t.equal(await phone.rows('drafts'), []);
  },

  'two tabs, one draft: the second is told and the first keeps it': async (t) => {
    const id = crypto.randomUUID();
    const release = await holdDraft(id);
    t.ok(release, 'the first tab should have it');
    t.equal(await holdDraft(id), null);
    release();
    const again = await navigator.locks.request(`fieldapp-draft-${id}`, () => 'free');
    t.equal(again, 'free');
  },
};
