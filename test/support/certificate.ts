import { createSign, generateKeyPairSync } from 'node:crypto';

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const list = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const name = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const day = (ms: number): Buffer => der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/gu, '').slice(2, 14)}Z`));

/** A key and a certificate that it has signed itself, for a server of a test on 127.0.0.1; good for a day. */
export function selfSigned(now = Date.now()): { readonly key: string; readonly certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [signedBy, who] = [list(name('2a8648ce3d040302')), list(der(0x31, list(name('550403'), der(0x0c, Buffer.from('Aftercare test')))))];
  const extension = (id: string, value: Buffer): Buffer => list(name(id), der(0x04, value));
  const extensions = list(extension('551d13', list(der(0x01, Buffer.from([0xff])))), extension('551d11', list(der(0x87, Buffer.from([127, 0, 0, 1])))));
  const body = list(
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1])), signedBy, who, list(day(now - 86_400_000), day(now + 86_400_000)), who,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, extensions),
  );
  const whole = list(body, signedBy, der(0x03, Buffer.from([0]), createSign('sha256').update(body).sign(privateKey)));
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/gu, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
