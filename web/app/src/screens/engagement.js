// The screens about customers and their plans, in one file that is fetched when the first of them is asked for.
import './shared.js';
export { default as Customer } from './Customer.svelte';
export { default as Customers } from './Customers.svelte';
export { default as Import } from './Import.svelte';
export { default as NewCustomer } from './NewCustomer.svelte';
export { default as Pilots } from './Pilots.svelte';
export { default as Pilot } from './Pilot.svelte';
export { default as Proposals } from './Proposals.svelte';
export { default as Segments } from './Segments.svelte';
export { default as Segment } from './Segment.svelte';
export { default as Today } from './Today.svelte';
