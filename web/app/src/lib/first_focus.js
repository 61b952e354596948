/** For `use:`: the element of a dialog that has the focus when it opens. */
export const first_focus = (node) => {
  node.autofocus = true;
};
