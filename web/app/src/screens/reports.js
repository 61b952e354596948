// The reports, with all that draws: fetched when somebody asks for them.
import './shared.js';
export { default as Reports } from './Reports.svelte';
