// Builds the page: node build.mjs --out DIR [--watch]. Writes index.html, assets/* with content-hashed names, manifest.json.
import { build, context } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { compile, compileModule } from 'svelte/compiler';
import { minify } from 'terser';
import { compile_messages, is_used, loaded_with, problems, used_keys } from './build/messages.mjs';

const BUDGET_BYTES = 45 * 1024;
const LANGUAGES = ['ar', 'en'];
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', woff2: 'font/woff2', txt: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8' };
const here = dirname(fileURLToPath(import.meta.url));
const i18n = join(here, '../../i18n');
const watching = process.argv.includes('--watch');
const flag = process.argv.indexOf('--out');
const out = flag > 0 ? resolve(process.argv[flag + 1]) : null;
if (!out) throw new Error('usage: node build.mjs --out DIR [--watch]');

const sources = () => readdirSync(join(here, 'src'), { recursive: true }).map(String);
const texts = () => new Map(sources().filter((name) => /\.(svelte|js)$/.test(name)).map((name) => [name, readFileSync(join(here, 'src', name), 'utf8')]));
const catalogue = (language) => JSON.parse(readFileSync(join(i18n, language + '.json'), 'utf8'));

const svelte = {
  name: 'svelte',
  setup({ onLoad, onResolve, onStart }) {
    let compiled;
    let first;
    onStart(() => {
      compiled = new Map(sources().filter((name) => name.endsWith('.svelte')).sort().map((name, index) => [name, compile_component(name, index)]));
      first = loaded_with('main.js', texts());
    });
    onLoad({ filter: /\.svelte$/, namespace: 'file' }, ({ path }) => {
      const name = relative(join(here, 'src'), path);
      const { js, warnings } = compiled.get(name);
      return { contents: js.code, warnings: warnings.map(({ code, message }) => ({ text: `${name}: ${code}: ${message}` })) };
    });
    onLoad({ filter: /\.svelte\.js$/, namespace: 'file' }, ({ path }) => ({ contents: compileModule(readFileSync(path, 'utf8'), { filename: relative(here, path), generate: 'client' }).js.code }));
    // Two stylesheets, as a style sheet of a chunk would have no one to load it: of what comes with the page, and of the rest.
    onResolve({ filter: /^style:/ }, ({ path }) => ({ path: path.replace(':', '-'), namespace: 'style' }));
    onLoad({ filter: /./, namespace: 'style' }, ({ path }) => ({ contents: [...compiled].filter(([name]) => first.has(name) === (path === 'style-first')).map(([, { css }]) => css?.code ?? '').join('\n'), loader: 'css', resolveDir: here, watchFiles: [...compiled.keys()].map((name) => join(here, 'src', name)) }));
  },
};

function compile_component(name, index) {
  return compile(readFileSync(join(here, 'src', name), 'utf8'), { filename: name, generate: 'client', css: 'external', fragments: 'tree', discloseVersion: false, cssHash: () => 's' + index.toString(36) });
}

/** What esbuild cannot see by itself: nothing here is hydrated, in development or a custom element. Terser then drops those branches. */
const lean = {
  name: 'lean',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^esm-env$/ }, () => ({ path: 'esm-env', namespace: 'constant' }));
    onLoad({ filter: /./, namespace: 'constant' }, () => ({ contents: 'export const DEV = false, BROWSER = true, NODE = false;' }));
    onLoad({ filter: /svelte\/src\/internal\/client\/.*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8').replace(/(import \{[^}]*)\bhydrating\b,?/g, '$1').replace('export let hydrating = false;', '').replace('hydrating = value;', '');
      return { contents: text, resolveDir: dirname(path) };
    });
    onResolve({ filter: /\/custom-element\.js$/ }, ({ path, resolveDir }) => ({ path: resolve(resolveDir, path), sideEffects: false }));
  },
};

const messages = {
  name: 'messages',
  setup({ onLoad, onResolve, onStart }) {
    let first;
    onStart(() => {
      const files = texts();
      first = used_keys([...loaded_with('main.js', files)].map((name) => files.get(name)));
      return { errors: problems(Object.fromEntries(LANGUAGES.map((language) => [language, catalogue(language)])), [...files.values()]).map((text) => ({ text })) };
    });
    onResolve({ filter: /^messages:/ }, ({ path }) => ({ path: path.replace(':', '-'), namespace: 'messages' }));
    onLoad({ filter: /./, namespace: 'messages' }, ({ path }) => {
      const [, language, later] = path.split('-');
      return { contents: compile_messages(language, catalogue(language), (key) => is_used(key, first) === !later), watchFiles: [join(i18n, language + '.json')] };
    });
  },
};

const finish = {
  name: 'finish',
  setup({ onEnd, onStart }) {
    onStart(() => rmSync(join(out, 'assets'), { recursive: true, force: true }));
    onEnd(async ({ errors, metafile }) => {
      if (errors.length) return;
      const names = Object.keys(metafile.outputs).map((path) => relative(out, resolve(here, path))).sort();
      for (const name of watching ? [] : names.filter((each) => each.endsWith('.js'))) {
        const { code } = await minify(readFileSync(join(out, name), 'utf8'), { module: true, ecma: 2022, compress: { passes: 3 } });
        writeFileSync(join(out, name), code);
      }
      const named = (start, end) => '/' + names.find((name) => name.startsWith('assets/' + start) && name.endsWith(end));
      const html = readFileSync(join(here, 'src/index.html'), 'utf8').replace('/assets/app.css', named('app-', '.css')).replace('/assets/app.js', named('app-', '.js')).replace('/assets/later.css', named('later-', '.css'));
      writeFileSync(join(out, 'index.html'), html);
      copyFileSync(join(here, 'node_modules/@fontsource/ibm-plex-sans-arabic/LICENSE'), join(out, 'assets/IBM-Plex-OFL.txt'));
      const files = [...names, 'assets/IBM-Plex-OFL.txt', 'index.html'].map((path) => ({ path, type: TYPES[path.split('.').pop()], immutable: /-[A-Z0-9]{8}\./.test(path) }));
      writeFileSync(join(out, 'manifest.json'), JSON.stringify({ files }, null, 1) + '\n');
      return { errors: watching ? [] : over_budget(metafile.outputs) };
    });
  },
};

/** What the queue loads on a first visit: the app, what it imports, its style and one language. Fonts are not counted. */
function over_budget(outputs) {
  const size = (path) => gzipSync(readFileSync(resolve(here, path)), { level: 9 }).length;
  const code = Object.keys(outputs).filter((path) => /\.(js|css)$/.test(path)).sort();
  const first = new Set(code.filter((path) => /\/app-/.test(path)));
  for (const path of first) for (const { kind, path: imported } of outputs[path].imports) if (kind === 'import-statement') first.add(imported);
  const language = Math.max(...code.filter((path) => /\/messages-..-[A-Z0-9]{8}\./.test(path)).map(size));
  const total = [...first].map(size).reduce((sum, each) => sum + each, language);
  for (const path of code) console.log(`${String(size(path)).padStart(7)} B gz  ${relative(out, resolve(here, path))}${first.has(path) ? '  (first visit)' : ''}`);
  console.log(`${String(total).padStart(7)} B gz  first visit with one language, of ${BUDGET_BYTES}`);
  return total > BUDGET_BYTES ? [{ text: `the page is ${total - BUDGET_BYTES} bytes over its budget` }] : [];
}

mkdirSync(out, { recursive: true });
const options = {
  absWorkingDir: here, entryPoints: { app: 'src/main.js', later: 'src/styles/later.css' }, outdir: out, bundle: true, format: 'esm', splitting: true, minify: true, metafile: true, target: 'es2022', charset: 'utf8', legalComments: 'none',
  define: { hydrating: 'false' }, conditions: ['svelte', 'browser', 'production'], entryNames: 'assets/[name]-[hash]', chunkNames: 'assets/[name]-[hash]', assetNames: 'assets/[name]-[hash]', publicPath: '/', loader: { '.woff2': 'file' }, logLevel: 'info', plugins: [svelte, lean, messages, finish],
};
if (watching) await (await context(options)).watch();
else await build(options).catch(() => process.exit(1));
