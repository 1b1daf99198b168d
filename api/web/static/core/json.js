// JSON that says what is meant on pages whose libraries have given built-in prototypes a toJSON.

/**
 * Write a value as JSON. Prototype 1.6 has an Array.prototype.toJSON that makes strings of lists, so
 * what is written has no prototype.
 * @param {unknown} value made of plain objects, arrays and primitives
 */
export function json(value) {
  return JSON.stringify(bare(value));
}

/** @param {unknown} value @returns {unknown} */
function bare(value) {
  if (typeof value !== "object" || value === null) return value;
  /** @type {any} */
  const copy = Object.setPrototypeOf(Array.isArray(value) ? [] : {}, null);
  for (const [key, each] of Object.entries(value)) copy[key] = bare(each);
  return copy;
}
