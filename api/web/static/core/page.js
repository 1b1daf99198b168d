// What the server told this page: where the service lies, and its language.

const element = document.documentElement;

/** The path under which a proxy serves us, such as "/yiju"; empty at the root of a host. */
export const root = element.dataset.root ?? "";

/** BCP 47 tag of the page's language. */
export const lang = element.lang;
