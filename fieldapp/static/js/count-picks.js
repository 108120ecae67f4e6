// How much is picked on the plan page: the number of boxes ticked, and how long these visits take on site.

/**
 * @param {number} total whole minutes
 * @returns {string} `40 min`, `2 h`, `2 h 15`
 */
export function minutesWords(total) {
  const hours = Math.floor(total / 60);
  const rest = total % 60;
  if (!hours) return `${rest} min`;
  return rest ? `${hours} h ${String(rest).padStart(2, "0")}` : `${hours} h`;
}

/**
 * @param {number} stops
 * @param {number} minutes for each visit; not a number while the field is empty
 * @returns {string} `8 stops, 2 h on site`; travel is known only after planning
 */
export function picksWords(stops, minutes) {
  if (!stops) return "Nobody picked: the most urgent go first";
  const number = `${stops} ${stops === 1 ? "stop" : "stops"}`;
  return minutes > 0 ? `${number}, ${minutesWords(stops * minutes)} on site` : number;
}

/**
 * Keep the count in the dock and beside each group's title in step with the boxes.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} total
 * @param {HTMLButtonElement | null} [only] plans for those picked alone, so it waits for the first of them
 */
export function countPicks(form, total, only = null) {
  const show = () => {
    const picked = form.querySelectorAll("input[name='stop']:checked").length;
    const minutes = /** @type {HTMLInputElement} */ (form.elements.namedItem("minutes")).valueAsNumber;
    total.textContent = picksWords(picked, minutes);
    if (only) only.disabled = picked === 0;
    for (const group of form.querySelectorAll(".block")) {
      const number = group.querySelector("[data-picked]");
      if (number) number.textContent = String(group.querySelectorAll("input[name='stop']:checked").length);
    }
  };
  form.addEventListener("change", show);
  show();
}
