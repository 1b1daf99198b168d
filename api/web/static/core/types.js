// The forms of the API's JSON that the pages read; docs/api.md says what each field means.

/** @typedef {{name: string, code: string}} Region */
/**
 * @typedef {object} DocumentRef
 * @property {string} id
 * @property {string | null} title
 * @property {string | null} number
 * @property {string | null} issuer
 * @property {Region | null} region
 * @property {string | null} level
 * @property {string | null} date
 * @property {string} status
 */
/** @typedef {{file: string, start: number, end: number, page: number | null}} Source */
/**
 * @typedef {object} Citation
 * @property {number} n
 * @property {"answer" | "rule" | "related"} role
 * @property {string} clause_id
 * @property {DocumentRef} document
 * @property {string[]} path
 * @property {string} label
 * @property {string} quote
 * @property {Source} source
 * @property {{start: number, end: number}[]} highlights
 * @property {number} score
 * @property {string} url
 * @property {boolean} damaged
 * @property {boolean} truncated
 */
/** @typedef {{kind: string, clause_id: string, citation: number | null, quote: string}} LeadBasis */
/**
 * @typedef {object} Responsibility
 * @property {number} citation
 * @property {string} document_id
 * @property {string} clause_id
 * @property {string | null} lead
 * @property {string[]} leads
 * @property {string[]} units
 * @property {string[]} qualifiers
 * @property {LeadBasis | null} lead_basis
 */
/**
 * @typedef {object} Answer
 * @property {string} id
 * @property {string} question
 * @property {string | null} interpreted_as
 * @property {string} lang
 * @property {"answered" | "partial" | "not_stated" | "not_found"} status
 * @property {string} answer
 * @property {{code: string, message: string} | null} reason
 * @property {"extract" | "model"} worded_by
 * @property {Responsibility[]} responsibilities
 * @property {Citation[]} citations
 */
/** @typedef {{role: "user" | "assistant", content: string}} Turn */
/**
 * @typedef {object} Filters
 * @property {string[]} [region]
 * @property {string[]} [document_id]
 * @property {string[]} [status]
 * @property {string[]} [level]
 */
/**
 * @typedef {object} Question
 * @property {string} question
 * @property {number} [top_k]
 * @property {Filters | null} [filters]
 * @property {Turn[] | null} [history]
 * @property {string | null} [lang]
 */
/**
 * @typedef {object} Heard
 * @property {(sentence: {text: string, mark: string}) => void} [sentence]
 * @property {() => void} [withdrawn]
 */
/** @typedef {{quote: string, start: number, end: number}} Stated words as published */
/**
 * A row of the task table.
 * @typedef {object} Task
 * @property {DocumentRef} document
 * @property {string} clause_id
 * @property {string[]} path
 * @property {string} label
 * @property {string} task
 * @property {string | null} lead
 * @property {string[]} leads
 * @property {string[]} units
 * @property {string[]} members
 * @property {string[]} qualifiers
 * @property {Stated[]} deadlines
 * @property {Stated[]} targets
 * @property {{kind: string, clause_id: string, quote: string} | null} lead_basis
 * @property {string | null} inherited_from
 */
/** @typedef {Stated & {text: string}} Words of a clause: as published, and made legible */
/** @typedef {{says: Words[], targets: Words[], deadlines: Words[], inherited_from: string | null}} Compares */
/** @typedef {Citation & Omit<Responsibility, "citation" | "document_id"> & Compares} Compared */
/** @typedef {{held: {n: number, document_id: string, words: string}[], lacking: string[]}} Point */
/** @typedef {"lead" | "units" | "targets" | "deadlines"} Column what clauses are compared by */
/** @typedef {Record<Column, Point[]>} Points */
/** @typedef {{clause_id: string, label: string, quote: string, start: number, end: number}} Link */
/**
 * A step of the chain from the nation down.
 * @typedef {object} Step
 * @property {number} n
 * @property {number | null} above
 * @property {number | null} score
 * @property {boolean} aligned
 * @property {DocumentRef} document
 * @property {Citation | null} citation
 * @property {Link | null} link
 */
/**
 * @typedef {object} Comparison
 * @property {string} topic
 * @property {Compared[]} rows
 * @property {DocumentRef[]} lacking
 * @property {string[]} missing
 * @property {Points} differences
 * @property {Points} shared
 * @property {Step[]} chain
 */
/**
 * @typedef {object} UnitsRecord who is responsible, as one clause says it
 * @property {string | null} lead
 * @property {string[]} leads
 * @property {string[]} units
 * @property {string[]} qualifiers
 * @property {{kind: "explicit" | "first_listed" | "inherited", clause_id: string, quote: string,
 *   start: number, end: number} | null} lead_basis
 * @property {string | null} inherited_from
 * @property {number} start
 * @property {number} end
 */
/**
 * @typedef {object} Clause
 * @property {string} clause_id
 * @property {string | null} parent_id
 * @property {string} kind
 * @property {string | null} number
 * @property {string | null} heading
 * @property {string[]} path
 * @property {Source} source
 * @property {boolean} noise
 * @property {boolean} damaged
 * @property {boolean} truncated
 * @property {UnitsRecord[]} responsibilities
 */
/**
 * @typedef {DocumentRef & {file: string, inferred: Record<string, string>}} ListedDocument
 * @typedef {ListedDocument & {clauses: Clause[]}} DocumentDetail
 */

export {};
