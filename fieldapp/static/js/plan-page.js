// Page module of the plan page.
import { countPicks } from "./count-picks.js";
import { offerHere } from "./start-here.js";

const form = document.querySelector("form[data-plan]");
const total = document.querySelector("[data-count]");
const only = document.querySelector("[data-only]");
if (form instanceof HTMLFormElement && total instanceof HTMLElement) {
  countPicks(form, total, only instanceof HTMLButtonElement ? only : null);
  offerHere(form, navigator.geolocation);
}
