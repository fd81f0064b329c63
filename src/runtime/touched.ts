/** A port that tells when anything of it is called: whoever wrote nothing yet may be told to begin anew. */
export function tellingCalls<Port extends object>(port: Port, onCall: () => void): Port {
  return new Proxy(port, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? (...given: unknown[]): unknown => {
        onCall();
        return Reflect.apply(found, target, given);
      } : found;
    },
  });
}
