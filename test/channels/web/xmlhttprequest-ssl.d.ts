declare module 'xmlhttprequest-ssl' {
  const XMLHttpRequest: new () => { send: (body?: unknown) => void; setRequestHeader(name: string, value: string): void };
  export default XMLHttpRequest;
}
