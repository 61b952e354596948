// Words, numbers and dates of the interface language. Messages are functions made at build time.

let messages = {};
let numbers;
let formats = {};

export const page = { language: 'en', zone: 'UTC' };

// Dates as the person reads them; months as such are always Gregorian, and what is counted by them too.
let locale;
let gregorian;
let arabic_digits;

// What the queue says comes with the page, what other screens say comes with them.
const LOADERS = { ar: () => import('messages:ar'), en: () => import('messages:en') };
const LATER = { ar: () => import('messages:ar-later'), en: () => import('messages:en-later') };

export async function use_language(language, { digits, calendar } = {}) {
  page.language = LOADERS[language] ? language : 'en';
  messages = (await LOADERS[page.language]()).default;
  arabic_digits = digits === 'arabic';
  gregorian = `${page.language === 'ar' ? 'ar' : 'en-GB'}-u-nu-${arabic_digits ? 'arab' : 'latn'}-ca-gregory`;
  locale = calendar === 'umm_al_qura' ? gregorian.replace('gregory', 'islamic-umalqura') : gregorian;
  numbers = new Intl.NumberFormat(locale);
  formats = {};
  document.documentElement.lang = page.language;
  document.documentElement.dir = page.language === 'ar' ? 'rtl' : 'ltr';
}

export async function load_later() {
  messages = { ...messages, ...(await LATER[page.language]()).default };
}

export function t(key, args) {
  const message = messages[key];
  return typeof message === 'function' ? message(args ?? {}, numbers) : (message ?? key);
}

export const number = (value) => numbers.format(value);

/** Text of our own with the digits that the person reads, as of a countdown. Numbers of tickets and what strangers wrote stay as they are. */
export const with_digits = (text) => (arabic_digits ? text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit]) : text);

/** A formatter for the language of the interface, made once for each name. */
export function format(name, make) {
  return (formats[name] ??= make(locale));
}

const in_zone = (options) => (locale) => new Intl.DateTimeFormat(locale, { timeZone: page.zone, ...options });

/** Day, month and time, in the workspace's zone. */
export const date_time = (iso) => format('date_time', in_zone({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })).format(new Date(iso));
/** Weekday and time, for what is near. */
export const weekday_time = (iso) => format('weekday', in_zone({ weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })).format(new Date(iso));
/** A calendar date without a time; it belongs to no zone. */
export const day = (date) => format('day', (locale) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })).format(new Date(date));
export const month = (index) => format('month', () => new Intl.DateTimeFormat(gregorian, { timeZone: 'UTC', month: 'long' })).format(new Date(Date.UTC(2024, index, 1)));
/** The month of "2026-03". */
export const month_of = (text) => format('month_of', () => new Intl.DateTimeFormat(gregorian, { timeZone: 'UTC', month: 'short', year: 'numeric' })).format(new Date(text + '-01'));
export const money = (amount, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);

const STEPS = [['day', 86400], ['hour', 3600], ['minute', 60]];

/** How long ago, in one unit. */
export function ago(iso, now) {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? ['second', Infinity];
  const style = page.language === 'ar' ? 'long' : 'narrow';
  return format('ago' + (unit === 'second'), () => new Intl.RelativeTimeFormat(locale, { style, numeric: unit === 'second' ? 'auto' : 'always' })).format(-Math.floor(seconds / size), unit);
}

/** The interface's name for a value of an open set (platforms, kinds); the value itself when there is none. */
export function named(prefix, value) {
  const message = messages[prefix + value];
  return typeof message === 'string' ? message : String(value ?? '');
}
