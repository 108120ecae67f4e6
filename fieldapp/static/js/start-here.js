// Starting or ending the day where the phone is. The position is asked for when the officer chooses it, and goes to the
// office with the plan alone: never in an address.

const HERE = "here";
const WAIT_MS = 15_000;

/**
 * Add "Where I am now" to the places of the day where the phone can tell where it is.
 * @param {HTMLFormElement} form
 * @param {Geolocation | undefined} geolocation
 */
export function offerHere(form, geolocation) {
  /** @type {HTMLElement | null} */
  let button = null;
  form.addEventListener("submit", ({ submitter }) => { button = submitter; });
  form.addEventListener("formdata", ({ formData }) => {
    if (button?.getAttribute("formmethod") === "get") forget(formData);
  });
  if (!geolocation) return;
  for (const select of selects(form)) {
    if (![...select.options].some((option) => option.value === HERE)) select.add(new Option("Where I am now", HERE));
    let before = select.value;
    select.addEventListener("change", () => {
      if (select.value === HERE && !isKnown(form)) ask(form, geolocation, () => { select.value = before; });
      else before = select.value;
    });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {Geolocation} geolocation
 * @param {() => void} goBack to the place chosen before
 */
function ask(form, geolocation, goBack) {
  say(form, "Asking the phone where it is…");
  geolocation.getCurrentPosition(
    ({ coords }) => {
      input(form, "here_lat").value = String(coords.latitude);
      input(form, "here_lon").value = String(coords.longitude);
      say(form, `Position found, to ${Math.round(coords.accuracy)} m.`);
    },
    () => {
      goBack();
      say(form, "The phone gave no position. Allow it in the browser's settings, or choose another place.");
    },
    { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
  );
}

/** @param {FormData} data */
function forget(data) {
  data.delete("here_lat");
  data.delete("here_lon");
}

/** @param {HTMLFormElement} form @returns {boolean} */
function isKnown(form) {
  return input(form, "here_lat").value !== "";
}

/** @param {HTMLFormElement} form @returns {HTMLSelectElement[]} */
function selects(form) {
  return ["start_at", "end_at"].map((name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name)));
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function input(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {HTMLFormElement} form @param {string} words */
function say(form, words) {
  const place = form.querySelector("[data-here]");
  if (place) place.textContent = words;
}
