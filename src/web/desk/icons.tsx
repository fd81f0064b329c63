const paths = {
  back: 'M14.5 5.5 8 12l6.5 6.5',
  close: 'M6 6l12 12M18 6 6 18',
  attach: 'M19 11.5l-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8.2-8.2a3.1 3.1 0 0 1 4.4 4.4l-8.1 8.1a1.5 1.5 0 0 1-2.2-2.2l7.4-7.3',
  file: 'M6 3.5h8L18.5 8v12.5H6zM14 3.5V8h4.5',
  info: 'M12 11v5.5M12 7.6v.3M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z',
  warn: 'M12 8v5M12 16.2v.3M12 3.5 2.8 19.5h18.4z',
  down: 'M12 5v13M6.5 12.5 12 18l5.5-5.5',
  bot: 'M6 9h12v9H6zM12 9V5.5M9.5 13v.5M14.5 13v.5M3.5 12.5v2M20.5 12.5v2',
  person: 'M12 11.5a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2zM4.8 20c.6-3.6 3.4-5.6 7.2-5.6s6.6 2 7.2 5.6',
  clock: 'M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z',
  note: 'M5 4.5h14v10l-4.5 5H5zM14.5 19.5v-5H19',
  search: 'M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5',
  list: 'M5 6.5h14M5 12h14M5 17.5h9',
  keys: 'M3.5 7h17v10h-17zM7 10.5h.3M10.3 10.5h.3M13.6 10.5h.3M16.8 10.5h.3M8 14h8',
} as const;

/** A line drawing that says nothing by itself; what it is for stands beside it or in a label. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={paths[name]} /></svg>;
}
