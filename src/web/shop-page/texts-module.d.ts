declare module 'virtual:shop-page-texts' {
  const languages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default languages;
}
