/** What the key list shows, in order: command and the keys printed for it. */
export const KEY_LIST = [
  ['next', ['j', '↓']], ['previous', ['k', '↑']], ['open', ['Enter', 'o']], ['back', ['Esc']],
  ['select', ['x']], ['extend_next', ['Shift', 'j']], ['extend_previous', ['Shift', 'k']], ['select_loaded', ['*']],
  ['take', ['m']], ['assign', ['a']], ['label', ['l']], ['priority', ['p']], ['snooze', ['h']], ['escalate', ['!']], ['reply', ['r']], ['note', ['n']], ['resolve', ['e']], ['elsewhere', ['w']], ['correct', ['c']], ['promise', ['i']], ['done', ['d']], ['skip', ['s']], ['undo', ['z']], ['original', ['v']], ['approve', ['y']], ['send_back', ['u']],
  ['send', ['Ctrl', 'Enter']], ['load_new', ['.']], ['previous_view', ['[']], ['next_view', [']']],
  ['search', ['/']], ['go_queue', ['g', 'q']], ['go_mine', ['g', 'm']], ['go_reports', ['g', 'r']], ['go_today', ['g', 't']], ['go_customers', ['g', 'c']], ['go_sources', ['g', 's']], ['help', ['?']],
];
