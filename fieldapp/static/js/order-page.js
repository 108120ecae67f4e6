// Page module of a planned day.
import { enableReorder } from "./reorder.js";

enableReorder(document);
