import type { Policy } from '../domain/policy.js';

/**
 * The policy where conversations are handed over to another helpdesk: its people are not seen at our desk, so nobody's talk is given to
 * somebody else because they are not there, and a place in our own queue, which nobody works off, is not told.
 */
export const besideHelpdesk = (policy: Policy): Policy => ({ ...policy, handOver: { ...policy.handOver, assign: false, tellPlace: false } });
