/** Shapes that the checklist's rules read and give, for the type checker alone: nothing here runs on the phone. */

/** @typedef {{value: string, label: string}} Option */
/** @typedef {{item: string, in: string[]}} ShowIf */
/**
 * @typedef {object} Item one question of a section, as the template's JSON has it
 * @property {string} key
 * @property {string} label
 * @property {'four_way'|'choice'|'several'|'text'|'long_text'|'number'|'date'|'rows'} type
 * @property {string} [hint]
 * @property {boolean} [required]
 * @property {Option[]} [options]
 * @property {string} [clear]
 * @property {Object<string, string[]>} [marks]
 * @property {string[]} [condition_kinds]
 * @property {ShowIf} [show_if]
 * @property {string[]} [only_with_condition]
 * @property {string[]|null} [outcomes]
 * @property {string[]} [optional_for]
 * @property {string} [add]
 * @property {Item[]} [fields]
 */
/** @typedef {{key: string, title: string, outcomes: string[]|null, rest: string|null, items: Item[]}} Section */
/**
 * @typedef {object} Outcome
 * @property {string} code
 * @property {string} label
 * @property {'completed'|'attempted'|'not_attempted'} class
 * @property {string} group
 * @property {string[]} marks
 * @property {string[]} condition_kinds
 * @property {string} [hint]
 * @property {string} [note_hint]
 */
/**
 * @typedef {object} Template
 * @property {string} key
 * @property {number} version
 * @property {Outcome[]} outcomes
 * @property {Section[]} sections
 * @property {ShowIf} [discreet_if]
 */
/**
 * @typedef {object} Answer one entry of the visit's `answers`
 * @property {string} item
 * @property {string|number|string[]} value
 * @property {string} [note]
 * @property {string} [discovery]
 * @property {string} [no_photo_reason]
 */
/**
 * @typedef {object} Visit the part of a visit's body that the rules read; a draft may lack any of it
 * @property {string} [outcome]
 * @property {string} [outcome_note]
 * @property {Answer[]} [answers]
 * @property {Object<string, Object<string, any>[]>} [rows]
 * @property {{item: string}[]} [photos]
 * @property {string} [narrative]
 */
/** @typedef {{id: string, kind: string}} Condition a condition in force for the person */
/** @typedef {{id: string, section: string, item: Item, values: string[], answer: Answer|undefined}} Shown */
/** @typedef {{item: string, what: string, words: string}} Missing */
/** @typedef {{kind: string, item: string, value: string, condition_ids: string[], alert: boolean, label: string}} Flag */

export {};
