// What a page shows, kept in its address: it can be shared, and back and forward lead through it.

/** Give the parameters of the address. */
export const asked = () => new URLSearchParams(location.search);

/**
 * Change some parameters of the address and keep the others.
 * @param {Record<string, string | number | readonly string[] | null>} changes null takes one away
 */
export function go(changes) {
  const query = changed(changes);
  if (query !== location.search) history.pushState(null, "", location.pathname + query);
  tellSwitch();
}

/**
 * The same without a step in the history, as for what is typed.
 * @param {Record<string, string>} changes empty values are left out
 */
export function keepInAddress(changes) {
  history.replaceState(history.state, "", location.pathname + changed(changes) + location.hash);
  tellSwitch();
}

/** @param {Record<string, string | number | readonly string[] | null>} changes */
function changed(changes) {
  const params = asked();
  for (const [key, value] of Object.entries(changes)) {
    params.delete(key);
    for (const each of Array.isArray(value) ? value : [value ?? ""]) {
      if (each !== "") params.append(key, String(each));
    }
  }
  return `${params}` && `?${params}`;
}

/** Let the link to the other language lead to what is shown now. */
export function tellSwitch() {
  const link = document.querySelector("a.switch");
  if (!(link instanceof HTMLAnchorElement)) return;
  const params = asked();
  params.set("lang", link.hreflang);
  link.href = `?${params}`;
}
