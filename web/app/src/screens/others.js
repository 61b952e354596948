// Every screen but the queue, in one file that is fetched when the first of them is asked for.
export { default as Customer } from './Customer.svelte';
export { default as Customers } from './Customers.svelte';
export { default as FirstAdmin } from './FirstAdmin.svelte';
export { default as Mail } from './Mail.svelte';
export { default as Mails } from './Mails.svelte';
export { default as Setup } from './Setup.svelte';
export { default as SignIn } from './SignIn.svelte';
export { default as Copies } from '../parts/Copies.svelte';
export { default as Sources } from './Sources.svelte';
export { default as Topics } from './Topics.svelte';
export { default as Help } from '../parts/Help.svelte';
