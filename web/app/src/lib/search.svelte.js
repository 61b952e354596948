// The search field of the bar, and whoever filters by it: the rows of the queue, or on its screen everything.

class Search {
  text = $state('');
  #focus = () => {};

  register(focus) {
    this.#focus = focus;
  }

  focus() {
    this.#focus();
  }
}

export const search = new Search();
