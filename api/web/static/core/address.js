// The page's own address: what of its state stands there, so that a link or going back restores it.

/**
 * Keep some values in the query of the address, without a step in the history; empty ones are left
 * out. The link to the other language leads to the same state.
 * @param {Record<string, string>} values
 */
export function keepInAddress(values) {
  history.replaceState(history.state, "", withValues(location.href, values));
  const other = document.querySelector("a.switch");
  if (other instanceof HTMLAnchorElement) other.href = withValues(other.href, values);
}

/** @param {string} address @param {Record<string, string>} values */
function withValues(address, values) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url.href;
}
