// What the pages read server-sent events with.
export { createParser } from "eventsource-parser";
