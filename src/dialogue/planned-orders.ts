import type { Json } from '../domain/message.js';

/** The orders a plan's request writes to, in the order they are shown. */
export const ordersIn = (request: Json): string[] => [...new Set([...JSON.stringify(request).matchAll(/"orderNumber":"([^"]+)"/gu)].map((match) => match[1] ?? ''))];
