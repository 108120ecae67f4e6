/* One step of a visit through the very modules that the page uses, in a page of the app: evaluated, not imported. */
async ({ step, ...given }) => {
  const folder = `/v/${document.body.dataset.build}/service-worker`;
  const module = (name) => import(`${folder}/${name}.js`);
  const { Stores } = await module('stores');
  const { browserTools } = await module('tools');
  const { sha256Hex } = await module('digest');
  const stores = (window.roadStores ??= new Stores());
  const tools = browserTools();
  const app = document.body.dataset.app ?? '';
  const all = (store) => stores.read([store], (transaction) => transaction.objectStore(store).getAll());
  const position = { state: 'fix', lat: 39.29, lon: -76.61, accuracy_m: 8, taken_at: tools.now().toISOString() };

  const steps = {
    async begin({ draft }) {
      const { startDraft } = await module('drafts');
      return (await startDraft(stores, { ...draft, title: 'Alex Sample', step: 'outcome', body: {} }, tools)).id;
    },
    async answer({ draft, note }) {
      const { saveDraft } = await module('drafts');
      await saveDraft(stores, { ...draft, title: 'Alex Sample', step: 'sign', body: { outcome_note: note } }, tools);
    },
    async photo({ draft, id, base64 }) {
      const { capturePhoto } = await module('photos');
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const about = { id, visit: draft.id, officer: draft.officer, item: 'visit', source: 'camera', position };
      return (await capturePhoto(stores, new File([bytes], 'photo.jpg', { type: 'image/jpeg' }), about, tools)).sha256;
    },
    async submit({ draft, note }) {
      const { submitVisit } = await module('outbox');
      const { supervisee, stop, place, address } = draft;
      const at = tools.now().toISOString();
      const body = {
        ...{ supervisee, stop, place, address, arrived_at: at, left_at: at, certified_at: at, position },
        ...{ scheduled: false, reason: 'standard', accompanied_by: [], outcome: 'no_one_home', outcome_note: note },
        ...{ checklist: { key: 'home', version: 1 }, answers: [], rows: {}, narrative: '' },
      };
      const { id, jws } = await submitVisit(stores, draft, body, app, tools);
      document.dispatchEvent(new Event('submitted'));
      return { id, jws };
    },
    /** Waits for the drain that is under way, so that sending and making go together; not longer than it may take. */
    async pace({ ms }) {
      const over = new Promise((resolve) => document.addEventListener('drained', resolve, { once: true }));
      await Promise.race([over, new Promise((resolve) => setTimeout(resolve, ms))]);
    },
    async drain({ officer }) {
      const { drain } = await module('drain');
      for (;;) {
        const summary = await drain(stores, officer, tools, { events: document, eager: true });
        if (summary.state !== 'busy') return summary;
        await navigator.locks.request('fieldapp-drain', () => {}); // the page itself is at it
      }
    },
    async receipts({ ids }) {
      const texts = [];
      for (const id of ids) {
        const answer = await fetch(`/receipts/${id}`);
        if (answer.ok) texts.push((await answer.text()).trim());
      }
      return texts;
    },
    /** What is on this phone; the bytes of its photos are hashed anew. */
    async look() {
      const photos = await all('photos');
      const bytes = new Map(photos.filter((row) => row.bytes instanceof ArrayBuffer).map((row) => [row.id, row.bytes]));
      const light = photos.filter((row) => row.visit && row.bytes_key);
      const hashed = light.map(async ({ id, visit, officer, sha256, state, reason, bytes_key }) => {
        const there = bytes.get(bytes_key);
        return { id, visit, officer, sha256, state, reason, found: there ? await sha256Hex(there) : null };
      });
      return { drafts: await all('drafts'), outbox: await all('outbox'), photos: await Promise.all(hashed) };
    },
  };
  return steps[step](given);
}
