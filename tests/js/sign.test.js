/** Signing waits for all that is on its way into the visit, also for what came while it waited. */

import { allDone } from '/static/js/visit/sign.js';
import { VisitRecord } from '/static/js/visit/record.js';

export const tests = {
  'what is set going while the signing waits is waited for too': async (t) => {
    const record = new VisitRecord({}, {}, null, {});
    const done = [];
    const photo = () => record.await(Promise.resolve().then(() => done.push('photo')));
    record.await(Promise.resolve().then(() => {
      done.push('position');
      setTimeout(() => done.push('caption'), 0);
      record.await(new Promise((resolve) => setTimeout(resolve, 20)).then(photo));
    }));
    await allDone(record);
    t.equal([done, record.pending.size], [['position', 'caption', 'photo'], 0]);
  },

  'work that fails does not keep the visit from being signed': async (t) => {
    const record = new VisitRecord({}, {}, null, {});
    record.await(Promise.reject(new Error('no position'))).catch(() => {});
    await allDone(record);
    t.equal(record.pending.size, 0);
  },
};
