import { useEffect, useState } from 'preact/hooks';

/** Where in the desk we are. */
export type Route =
  | { readonly page: 'queue' | 'all' | 'people' | 'training' | 'mentions' | 'replies' | 'insights' | 'approvals' }
  | { readonly page: 'conversation'; readonly id: string }
  | { readonly page: 'join'; readonly token: string };

function parse(hash: string): Route {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  const value = decode(rest.join('/'));
  if (page === 'c' && value !== '') return { page: 'conversation', id: value };
  if (page === 'join' && value !== '') return { page: 'join', token: value };
  if (page === 'insights') return { page };
  return { page: page === 'all' || page === 'people' || page === 'training' || page === 'mentions' || page === 'replies' || page === 'approvals' ? page : 'queue' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // an address somebody mistyped leads to the queue
  }
}

/** The conversation the address bar names; empty where it names none. */
export function openConversation(): string {
  const route = parse(location.hash);
  return route.page === 'conversation' ? route.id : '';
}

/** The addresses of the pages. */
export const hrefs = { queue: '#/', all: '#/all', people: '#/people', training: '#/training', mentions: '#/mentions', replies: '#/replies', insights: '#/insights', approvals: '#/approvals', conversation: (id: string) => `#/c/${encodeURIComponent(id)}` } as const;

/** Goes to an address of the desk. */
export const go = (href: string): void => void (location.hash = href);

/** The page the address bar names. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parse(location.hash));
  useEffect(() => {
    const onChange = () => setRoute(parse(location.hash));
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return route;
}
