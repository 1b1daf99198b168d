// The types of lit.js, for the check of types alone.
export * from "../../vendor/lit.js";
