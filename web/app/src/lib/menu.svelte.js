// Which dialog of the queue is open, and for which rows.
export const menu = new (class {
  name = $state(null);
  rows = $state.raw([]);
})();

export function open_menu(name, rows = []) {
  Object.assign(menu, { name, rows });
}
