// Copying, where the browser allows it.

/**
 * Copy words; pages that are served without TLS have only the old way.
 * @param {string} words
 * @returns {Promise<boolean>} whether they were copied
 */
export async function copyText(words) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(words);
      return true;
    }
  } catch {
    // Not allowed: the old way may be.
  }
  return copySelected(words);
}

/** @param {string} words */
function copySelected(words) {
  const held = document.activeElement;
  const field = document.createElement("textarea");
  field.value = words;
  field.className = "unseen";
  field.setAttribute("aria-hidden", "true");
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (held instanceof HTMLElement) held.focus();
  }
}
