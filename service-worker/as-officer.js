/** Says with every request in whose name it is made, and whether somebody is there. */

/**
 * Wraps `fetch` so that the office hears whose items come. Where somebody else has signed in meanwhile on the same
 * phone, in another tab, it answers 401, and nothing goes out under the wrong name.
 * @template {{fetch: typeof fetch}} T
 * @param {T} tools
 * @param {string} officer user UUID
 * @param {boolean} [unattended] nobody did anything: the request must not keep the session of a phone left lying alive
 * @returns {T}
 */
export function asOfficer(tools, officer, unattended = false) {
  /** @type {Record<string, string>} */
  const named = { 'Fieldapp-Officer': officer, ...(unattended ? { 'Fieldapp-Poll': '1' } : {}) };
  /** @type {typeof fetch} */
  const ask = (input, init = {}) => tools.fetch(input, { ...init, headers: { ...init.headers, ...named } });
  return { ...tools, fetch: ask };
}
