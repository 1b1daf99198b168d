// Where the service lies, as the host page says it.

/**
 * Give a service's address without a slash at its end, null where it is none.
 * @param {string | null | undefined} told
 */
export function serviceAddress(told) {
  if (!told) return null;
  try {
    const { protocol, origin, pathname } = new URL(told, document.baseURI);
    return /^https?:$/.test(protocol) ? origin + pathname.replace(/\/+$/, "") : null;
  } catch {
    return null;
  }
}

/**
 * Say whether a service is there and only this page's origin is refused: then a request whose answer
 * the page may not read comes through.
 * @param {string} base
 */
export async function refusesOrigin(base) {
  if (new URL(base).origin === location.origin) return false;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 5000);
  try {
    await fetch(`${base}/livez`, { mode: "no-cors", credentials: "omit", signal: patience.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
