// Page module of a planned day.
import { enableReorder } from "/static/js/reorder.js";

enableReorder(document);
