// What a click on a link wants.

/** Whether it is to be followed here, not in another tab or window. @param {MouseEvent} event */
export function followsHere(event) {
  return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}
