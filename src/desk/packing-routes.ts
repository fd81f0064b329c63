import type { FastifyPluginAsync } from 'fastify';
import type { Order, PackingRecord } from '../domain/order.js';
import type { WriteRefusal } from '../ports/shop.js';
import type { Audit } from './audit.js';
import { inputs, parseInput, type PackingInput } from './input.js';
import type { DeskParts } from './parts.js';
import { badRequest, notFound, Refused } from './refusals.js';
import type { Sessions } from './sessions.js';
import { takeUploads } from './uploads.js';

/** Whose the pictures of an order's parcels are: the order's, which stays when a conversation is forgotten. */
const ownerOf = (order: Order): string => `order:${order.number}`;

/** What the shop notes of a parcel as it packs it, the seller's own proof: its pictures first, then the record that names them. */
export function packingRoutes(parts: DeskParts, sessions: Sessions, audit: Audit): FastifyPluginAsync {
  const { shop, shopWriter, files, clock } = parts;

  async function orderNamed(given: unknown): Promise<Order> {
    const order = await shop.findOrder(parseInput(inputs.order, given).number);
    if (!order) throw notFound('order');
    return order;
  }

  /** The fingerprints of the pictures named, each taken as it came in; only of this order's own. */
  async function printsOf(order: Order, photos: readonly string[]): Promise<string[]> {
    const found = await Promise.all(photos.map((photo) => files.get(photo)));
    if (found.some((one) => one?.file.conversationId !== ownerOf(order))) throw badRequest('NoSuchFile', 'A picture is not there. Attach it again.');
    return found.flatMap((one) => (one?.file.sha256 === undefined ? [] : [one.file.sha256]));
  }

  /** Noted once a key, on the order as it is now. */
  async function note(number: string, given: PackingInput, key: string): Promise<PackingRecord | WriteRefusal> {
    if (!shopWriter) throw notFound('order');
    for (let tries = 0; ; tries += 1) {
      const order = await orderNamed({ number });
      const receipt = await shopWriter.receiptOf(key) as { readonly packing: PackingRecord; readonly order: Order } | null;
      if (receipt !== null && receipt.order.number !== order.number) throw badRequest('BadArgument', 'id: It was used for another order.');
      if (receipt !== null) return receipt.packing;
      const { id: _, ...packing } = given;
      const sha256 = await printsOf(order, given.photos);
      const made = await shopWriter.notePacking({ orderNumber: order.number, revision: order.revision, packing: { ...packing, ...(sha256.length === given.photos.length && sha256.length > 0 ? { sha256 } : {}) } }, key, clock.now());
      if ('refused' in made && made.refused === 'stale' && tries < 3) continue;
      return 'refused' in made ? made : made.packing;
    }
  }

  return async (app) => {
    await takeUploads(app, parts, sessions, { url: '/order/:number/files', isPicturesOnly: true, ownerOf: async (request) => ownerOf(await orderNamed(request.params)) });
    app.post('/order/:number/packing', async (request) => {
      const { agent } = await sessions.need(request);
      const { number } = await orderNamed(request.params);
      const input = parseInput(inputs.packing, request.body);
      const made = await note(number, input, `desk.${agent.id}.${input.id}`);
      if ('refused' in made) throw new Refused(409, 'NotPossible', made.detail ?? 'The order is not in a state for this.');
      await audit(agent.id, 'packing', number);
      return made;
    });
  };
}
