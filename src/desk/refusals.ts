/** A request the desk does not grant; the server answers its status, code and message, which may be shown to the agent. */
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

/** 401: nobody is signed in here. */
export const notSignedIn = (): Refused => new Refused(401, 'NotSignedIn', 'Sign in first.');

/** 404 for whatever is not there or not this agent's to see; both sound alike. */
export const notFound = (what: string): Refused => new Refused(404, 'NotFound', `There is no such ${what}.`);

/** 400: the request is not as this address wants it. */
export const badRequest = (code: string, message: string): Refused => new Refused(400, code, message);
