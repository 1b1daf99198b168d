// The types of eventsource-parser.js, for the check of types alone.
export * from "../../vendor/eventsource-parser.js";
