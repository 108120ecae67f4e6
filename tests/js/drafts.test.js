/** Drafts: one row a visit, one officer, one tab at a time. */

import { holdDraft } from '/service-worker/draft-lock.js';
import { listDrafts, loadDraft, removeDraft, saveDraft, startDraft } from '/service-worker/drafts.js';
import { Phone } from '/tests/js/harness/phone.js';

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
