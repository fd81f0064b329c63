/** A postal address, each part as the customer writes it; `country` is ISO 3166-1 alpha-2, upper case. */
export interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly region?: string;
  readonly postcode: string;
  readonly country: string;
}

/** Two addresses name the same place and person, apart from case and spacing. */
export const sameAddress = (a: Address, b: Address): boolean => {
  // A region is often left out, and the second line written behind the first.
  const region = a.region === undefined || b.region === undefined ? () => '' : (address: Address) => address.region ?? '';
  const flat = (address: Address) =>
    [address.name, `${address.line1} ${address.line2 ?? ''}`, address.city, region(address), address.postcode, address.country]
      .map((part) => part.normalize('NFKC').toLowerCase().replace(/[\s,.]+/gu, ' ').trim())
      .join('|');
  return flat(a) === flat(b);
};
