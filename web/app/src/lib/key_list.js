/** What the key list shows, in order: command and the keys printed for it. */
export const KEY_LIST = [
  ['next', ['j', '↓']], ['previous', ['k', '↑']], ['open', ['Enter', 'o']], ['back', ['Esc']],
  ['take', ['m']], ['reply', ['r']], ['note', ['n']], ['resolve', ['e']], ['elsewhere', ['w']], ['correct', ['c']], ['promise', ['p']], ['done', ['d']], ['skip', ['s']], ['undo', ['z']], ['original', ['v']],
  ['send', ['Ctrl', 'Enter']], ['load_new', ['.']], ['previous_view', ['[']], ['next_view', [']']],
  ['search', ['/']], ['go_queue', ['g', 'q']], ['go_mine', ['g', 'm']], ['go_today', ['g', 't']], ['go_customers', ['g', 'c']], ['go_sources', ['g', 's']], ['help', ['?']],
];
