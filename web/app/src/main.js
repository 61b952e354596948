import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import 'style:first';
import { mount } from 'svelte';
import App from './App.svelte';
import { get } from './lib/api.js';
import { start_clock } from './lib/clock.svelte.js';
import { use_language } from './lib/i18n.js';
import { start } from './lib/session.svelte.js';

const asked = new URLSearchParams(location.search).get('lang');
const session = get('session');
session.catch(() => {});
await use_language(asked ?? document.documentElement.lang);
start_clock();
await start(session);
mount(App, { target: document.body });
