// What the queue does not need to show its first rows: fetched as soon as they stand there.
import './shared.js';
import { when_idle } from '../lib/desk.svelte.js';
import { read_saved } from '../lib/saved.svelte.js';
export { resume } from '../lib/resume.js';
export { bulk } from '../lib/bulk.svelte.js';
export { default as EmptyList } from '../parts/EmptyList.svelte';
export { default as Filters } from '../parts/Filters.svelte';
export { default as Menu } from '../parts/Menu.svelte';
export { default as Notices } from '../parts/Notices.svelte';
export { default as SelectionBar } from '../parts/SelectionBar.svelte';
export { default as TicketPane } from '../parts/TicketPane.svelte';
export { default as UndoBar } from '../parts/UndoBar.svelte';

when_idle(read_saved);
