// The words of a page in its language: filled in, counted and dated.

/** @typedef {string | Record<string, string>} Message */

/** Messages by name, of one language. */
export class Messages {
  /**
   * @param {Record<string, Message>} all
   * @param {string} lang BCP 47 tag; plurals, numbers and dates follow it
   */
  constructor(all, lang) {
    this.all = all;
    this.lang = lang;
    this.plurals = new Intl.PluralRules(lang);
    this.numbers = new Intl.NumberFormat(lang);
    this.dates = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
  }

  /**
   * Give a message; `{places}` are filled with values, numbers as the language writes them.
   * A message with plural forms is chosen by `values.count`.
   * @param {string} name
   * @param {Record<string, string | number>} [values]
   */
  t(name, values = {}) {
    const message = this.all[name];
    if (message === undefined) throw new Error(`there is no message ${name}`);
    return fill(typeof message === "string" ? message : this.plural(message, values), (place) =>
      this.written(values[place]),
    );
  }

  /** Give a day as the language writes it; what is no day stays as it is. @param {string} iso */
  date(iso) {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
    return day && !Number.isNaN(day.getTime()) ? this.dates.format(day) : iso;
  }

  /**
   * @param {Record<string, string>} forms
   * @param {Record<string, string | number>} values
   */
  plural(forms, values) {
    return forms[this.plurals.select(Number(values.count))] ?? forms.other ?? "";
  }

  /** @param {string | number | undefined} value */
  written(value) {
    return typeof value === "number" ? this.numbers.format(value) : String(value ?? "");
  }
}

/**
 * @param {string} words
 * @param {(place: string) => string} valueOf
 */
function fill(words, valueOf) {
  return words.replace(/\{(\w+)\}/g, (_, place) => valueOf(place));
}
