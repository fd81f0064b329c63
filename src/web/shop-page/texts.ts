import languages from 'virtual:shop-page-texts';

/** The language of the page: the one its address asks for, else the browser's, else English. */
export const language: string = [new URLSearchParams(location.search).get('locale') ?? '', ...navigator.languages]
  .map((tag) => tag.split('-')[0]?.toLowerCase() ?? '').find((tag) => tag in languages) ?? 'en';

/** The page's words in its language; English where one is missing. */
export const words = (key: string): string => languages[language]?.[key] ?? languages['en']?.[key] ?? key;

/** Puts the page into its language: its direction, every marked element, the prices, its own example first, and the list of languages. */
export function translatePage(): void {
  const root = document.documentElement;
  root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) element.textContent = words(element.dataset['text'] ?? '');
  for (const element of document.querySelectorAll<HTMLElement | SVGElement>('[data-label]')) element.setAttribute('aria-label', words(element.dataset['label'] ?? ''));
  const euros = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' });
  for (const element of document.querySelectorAll<HTMLElement>('[data-price]')) element.textContent = euros.format(Number(element.dataset['price']));
  const own = document.querySelector(`article[lang="${language}"]`);
  own?.parentElement?.prepend(own);
  const list = document.querySelector<HTMLSelectElement>('#language');
  for (const tag of Object.keys(languages).sort()) {
    const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
    list?.add(new Option(name.charAt(0).toLocaleUpperCase(tag) + name.slice(1), tag, tag === language, tag === language));
  }
  // The widget reads its language once, when it starts.
  list?.addEventListener('change', () => location.assign(`/?locale=${list.value}${location.hash}`));
}
