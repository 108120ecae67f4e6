/** Says with every request in whose name it is made. */

/**
 * Wraps `fetch` so that the office hears whose items come. Where somebody else has signed in meanwhile on the same
 * phone, in another tab, it answers 401, and nothing goes out under the wrong name.
 * @template {{fetch: typeof fetch}} T
 * @param {T} tools
 * @param {string} officer user UUID
 * @returns {T}
 */
export function asOfficer(tools, officer) {
  /** @type {typeof fetch} */
  const named = (input, init = {}) =>
    tools.fetch(input, { ...init, headers: { ...init.headers, 'Fieldapp-Officer': officer } });
  return { ...tools, fetch: named };
}
