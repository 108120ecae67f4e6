// Page module of the calendar's address, right after it was made.
import { enableCopy } from './copy.js';

enableCopy(document, navigator.clipboard);
