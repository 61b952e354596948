// The screens that are neither the queue nor about customers, in one file that is fetched when the first of them is asked for.
import './shared.js';
export { default as FirstAdmin } from './FirstAdmin.svelte';
export { default as Mail } from './Mail.svelte';
export { default as Mails } from './Mails.svelte';
export { default as Setup } from './Setup.svelte';
export { default as SignIn } from './SignIn.svelte';
export { default as Correct } from '../parts/Correct.svelte';
export { default as Copies } from '../parts/Copies.svelte';
export { default as Incident } from '../parts/Incident.svelte';
export { default as IncidentFold } from '../parts/IncidentFold.svelte';
export { default as Handling } from '../parts/Handling.svelte';
export { default as History } from '../parts/History.svelte';
export { default as TicketPromises } from '../parts/TicketPromises.svelte';
export { default as Rules } from './Rules.svelte';
export { default as Search } from './Search.svelte';
export { default as Team } from './Team.svelte';
export { default as Topics } from './Topics.svelte';
export { default as Help } from '../parts/Help.svelte';
