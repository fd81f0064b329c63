/** What the script tag says. */
export interface Settings {
  /** Where the server is: an origin, perhaps with a path, without a slash at its end. */
  readonly server: string;
  /** Languages to try, best first. */
  readonly locales: readonly string[];
  readonly side: 'left' | 'right';
  readonly identity: string | undefined;
  readonly isOpen: boolean;
  readonly accent: string | undefined;
  readonly title: string | undefined;
  readonly theme: 'light' | 'dark' | undefined;
}

/** Reads the data attributes of our script tag. */
export function readSettings(script: HTMLScriptElement | null): Settings {
  const data = script?.dataset ?? {};
  const given = (value: string | undefined) => (value === undefined || value.trim() === '' ? undefined : value.trim());
  const server = given(data['server']) ?? new URL('.', script?.src || location.href).href;
  const theme = given(data['theme']);
  return {
    server: new URL(server, location.href).href.replace(/\/+$/, ''),
    locales: [given(data['locale']), given(document.documentElement.lang), ...navigator.languages].filter((tag) => tag !== undefined),
    side: sideOf(given(data['position'])),
    identity: given(data['identity']),
    isOpen: data['open'] !== undefined && data['open'] !== 'false',
    accent: given(data['accent']),
    title: given(data['title']),
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
  };
}

/** Where the page's lines end, unless the tag says otherwise. */
function sideOf(position: string | undefined): 'left' | 'right' {
  if (position === 'left' || position === 'right') return position;
  const isRightToLeft = getComputedStyle(document.documentElement).direction === 'rtl';
  return (position === 'start') === isRightToLeft ? 'right' : 'left';
}

/** White or black, whichever can be read on this colour; undefined for what is no six-digit or three-digit hex colour. */
export function inkOn(colour: string): '#ffffff' | '#000000' | undefined {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (digits === undefined) return undefined;
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g) ?? [];
  const [red = 0, green = 0, blue = 0] = pairs.map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Above this both are equal: (1.05 / (l + 0.05)) against ((l + 0.05) / 0.05).
  return light > 0.179 ? '#000000' : '#ffffff';
}
