const paths = {
  chat: 'M4 5.5h16v11H9.5L5.5 20v-3.5H4z',
  close: 'M6 6l12 12M18 6 6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  attach: 'M19 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8.2-8.2a3.1 3.1 0 0 1 4.4 4.4l-8.1 8.1a1.5 1.5 0 0 1-2.2-2.2l7.4-7.3',
  file: 'M6 3.5h8L18.5 8v12.5H6zM14 3.5V8h4.5',
  download: 'M12 4.5v10M7.5 10.5l4.5 4.5 4.5-4.5M5 19.5h14',
  down: 'M12 5v13M6.5 12.5 12 18l5.5-5.5',
  link: 'M9 6.5H5.5v12h12V15M12.5 5.5h6v6M18.5 5.5 11 13',
  warn: 'M12 8v5M12 16.2v.3M12 3.5 2.8 19.5h18.4z',
  bot: 'M6 9h12v9H6zM12 9V5.5M9.5 13v.5M14.5 13v.5M3.5 12.5v2M20.5 12.5v2',
} as const;

/** A line drawing that says nothing by itself; what it is for stands beside it or in a label. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={paths[name]} /></svg>;
}
