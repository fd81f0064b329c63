declare module 'virtual:desk-texts' {
  const languages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default languages;
}
