import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const web = join(import.meta.dirname, 'src/web');
const outDir = join(import.meta.dirname, 'dist/web');

/**
 * `vite build --mode widget` makes dist/web/widget.js, one script without a hash that shops load for ever;
 * `vite build --mode pages` makes the pages: the folder of each and where it is served. The name of a page for a mode
 * builds that page alone.
 */
const pages = { 'shop-page': 'index.html', desk: 'desk/index.html' } as const;

const entriesOf = (mode: string) => Object.fromEntries(Object.keys(pages).filter((name) => mode === 'pages' || mode === name).map((name) => [name, join(web, name, 'index.html')] as const).filter(([, file]) => existsSync(file)));

export default defineConfig(({ mode }) => ({
  root: web,
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: mode === 'widget' ? [textsOf('widget')] : [textsOf('desk'), textsOf('shop-page'), englishInPlace(), pagesInTheirPlaces(mode === 'pages')],
  build: {
    outDir,
    emptyOutDir: false,
    target: ['es2021', 'chrome100', 'firefox100', 'safari15.4'],
    modulePreload: false,
    reportCompressedSize: false,
    ...(mode === 'widget'
      ? { lib: { entry: join(web, 'widget/main.tsx'), formats: ['iife' as const], name: 'aftercareWidget', fileName: () => 'widget.js' } }
      : { assetsInlineLimit: 0, rolldownOptions: { input: entriesOf(mode) } }),
  },
}));

/** `virtual:<part>-texts`: the `<part>.*` messages of every language in locales/, keys without the part's name. */
function textsOf(part: string): Plugin {
  const name = `virtual:${part}-texts`;
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const languages = readTexts(part, (path) => this.addWatchFile(path));
      // The keys stand there once, not once a language: the page is that much smaller.
      const keys = Object.keys(languages['en'] ?? {});
      const read = Object.entries(languages).map(([tag, texts]) => `${JSON.stringify(tag)}: read(${JSON.stringify(keys.map((key) => texts[key]))})`);
      return `const keys = ${JSON.stringify(keys.join(' '))}.split(' '); const read = (texts) => Object.fromEntries(keys.map((key, i) => [key, texts[i] ?? undefined])); export default { ${read.join(', ')} };`;
    },
  };
}

function readTexts(part: string, onFile: (path: string) => void = () => {}): Record<string, Record<string, string>> {
  const languages: Record<string, Record<string, string>> = {};
  const folder = join(import.meta.dirname, 'locales');
  for (const file of readdirSync(folder)) {
    const tag = /^([a-z]{2,3}(?:-[A-Za-z]+)?)\.json$/.exec(file)?.[1];
    if (tag === undefined) continue;
    const path = join(folder, file);
    onFile(path);
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>)) {
      if (key.startsWith(`${part}.`)) (languages[tag] ??= {})[key.slice(part.length + 1)] = text;
      // The desk names intents as the customer's buttons do.
      else if (part === 'desk' && key.startsWith('intent.')) (languages[tag] ??= {})[key] ??= text;
    }
  }
  return languages;
}

/** Fills `data-text` and `data-label` of the shop page with English, so that it reads well before and without its script. */
function englishInPlace(): Plugin {
  return {
    name: 'english-in-place',
    transformIndexHtml(html) {
      const english = readTexts('shop-page')['en'] ?? {};
      const say = (key: string) => (english[key] ?? key).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
      return html.replace(/data-text="([\w.-]+)"[^>]*>/g, (tag, key: string) => tag + say(key)).replace(/data-label="([\w.-]+)"/g, (mark, key: string) => `${mark} aria-label="${say(key)}"`);
    },
  };
}

/** Vite puts a page where its source lies; ours are served from other addresses. What an earlier build left is cleared. */
function pagesInTheirPlaces(areAllBuilt: boolean): Plugin {
  let folder = outDir;
  return {
    name: 'pages-in-their-places',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    buildStart() {
      if (areAllBuilt) rmSync(join(folder, 'assets'), { recursive: true, force: true });
    },
    generateBundle(_options, bundle) {
      for (const [source, fileName] of Object.entries(pages)) {
        const page = bundle[`${source}/index.html`];
        if (page?.type !== 'asset' || page.fileName === fileName) continue;
        delete bundle[`${source}/index.html`];
        this.emitFile({ type: 'asset', fileName, source: page.source });
      }
    },
  };
}
