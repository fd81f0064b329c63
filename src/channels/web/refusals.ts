/** A request that is answered with a 4xx status; the HTTP end turns it into `{error:{code,message}}`. */
export class Refused extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** The request itself is wrong; says what is. */
export const badRequest = (code: string, message: string) => new Refused(400, code, message);

/** Missing, false or foreign proof. Never 403: real Direct Line clients take that for an expired token and open more sockets. */
export const unauthorized = (code: string, message: string) => new Refused(401, code, message);

/** The only 403 there is. */
export const tokenExpired = () => new Refused(403, 'TokenExpired', 'The token has expired. Get a new one and start again with it.');

/** More bytes than allowed. */
export const tooLarge = (message: string) => new Refused(413, 'PayloadTooLarge', message);
