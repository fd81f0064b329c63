declare module 'virtual:widget-texts' {
  const languages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default languages;
}
