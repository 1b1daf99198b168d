// How offices cite a clause, and where it is read.

/** @typedef {import("./types.js").Citation} Citation */
/** @typedef {import("./types.js").DocumentRef} DocumentRef */

/**
 * Give a document as offices name it: 《title》（number）. A title inside the title has 〈〉, by
 * GB/T 15834-2011, 4.15.3.3.
 * @param {DocumentRef} document
 */
export function documentName(document) {
  const title = (document.title ?? document.id).replace(/《/g, "〈").replace(/》/g, "〉");
  return `《${title}》${document.number ? `（${document.number}）` : ""}`;
}

/**
 * Give the place of a clause in its document: 第二部分第（三）项.
 * @param {{label: string, document: DocumentRef}} cited
 */
export function place({ label, document }) {
  const { number, title, id } = document;
  const name = [number, title && `《${title}》`, id].find((each) => each && label.startsWith(each));
  return label.slice(name?.length ?? 0).trim();
}

/**
 * Cite in the form that offices use: 《…》（浙政办发〔2021〕68号）第二部分第（三）项.
 * @param {{label: string, document: DocumentRef}} cited
 */
export function officialForm(cited) {
  return documentName(cited.document) + place(cited);
}

/**
 * Give the address of a clause's page, below `root`.
 * @param {string} root
 * @param {string} clauseId
 */
export function clauseAddress(root, clauseId) {
  return `${root}/c/${clauseId.split("/").map(encodeURIComponent).join("/")}`;
}

/**
 * Give the address of a document's page, below `root`.
 * @param {string} root
 * @param {string} documentId
 */
export function documentAddress(root, documentId) {
  return `${root}/documents/${encodeURIComponent(documentId)}`;
}
