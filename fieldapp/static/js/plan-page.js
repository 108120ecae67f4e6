// Page module of the plan page.
import { countPicks } from "/static/js/count-picks.js";

const form = document.querySelector("form[data-plan]");
const total = document.querySelector("[data-count]");
if (form instanceof HTMLFormElement && total instanceof HTMLElement) countPicks(form, total);
