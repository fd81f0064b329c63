import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

/** Where the built web files lie and who may frame the sample shop page. */
export interface PagesOptions {
  /** The folder with `index.html`, `widget.js`, `desk/index.html` and hashed files under `assets/`. */
  readonly root: string;
  /** Origins that may put the shop page into a frame; nobody but the page's own site by default. The desk is never framed. */
  readonly frameAncestors?: readonly string[] | undefined;
}

/** Serves the built pages: the sample shop at `/`, the widget at `/widget.js`, the desk at `/desk`. */
export function createPages(options: PagesOptions): FastifyPluginAsync {
  return async (app) => {
    if (!existsSync(join(options.root, 'index.html'))) {
      for (const url of ['/', '/widget.js', '/desk']) {
        app.get(url, async (_request, reply) => reply.code(404).send({ error: { code: 'PagesNotBuilt', message: `The web pages are not built yet (nothing in ${options.root}). Run "npm run build" and start again.` } }));
      }
      return;
    }
    await app.register(fastifyStatic, {
      root: options.root,
      dotfiles: 'ignore',
      cacheControl: false,
      redirect: false,
      index: ['index.html'],
      setHeaders: (response, path) => {
        const name = path.slice(options.root.length).replaceAll('\\', '/').replace(/^\/*/, '/');
        response.setHeader('cache-control', cacheControlFor(name));
        response.setHeader('cross-origin-resource-policy', name === '/widget.js' ? 'cross-origin' : 'same-origin');
        if (name === '/widget.js') response.setHeader('access-control-allow-origin', '*');
      },
    });
    app.addHook('onRequest', (request, reply, done) => {
      void reply.header('content-security-policy', contentSecurityPolicy(request, options.frameAncestors));
      // What the server sets for everything would win over what is set for the file.
      void reply.removeHeader('cache-control').removeHeader('cross-origin-resource-policy');
      done();
    });
    const desk = (_request: FastifyRequest, reply: FastifyReply) => reply.sendFile('desk/index.html');
    app.get('/desk', desk);
    app.get('/desk/', desk);
    app.get('/desk/insights', (_request: FastifyRequest, reply: FastifyReply) => reply.redirect('/desk#/insights'));
  };
}

function cacheControlFor(name: string): string {
  if (name.startsWith('/assets/') || name.startsWith('/desk/assets/')) return 'public, max-age=31536000, immutable';
  // Shops load this address for ever, so a new version must reach them soon; pages are always asked for again.
  if (name === '/widget.js') return 'public, max-age=300';
  return 'no-cache';
}

function contentSecurityPolicy(request: FastifyRequest, frameAncestors: readonly string[] | undefined): string {
  // Not every browser counts a socket to the same host as 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(request.host) ? ` ws://${request.host} wss://${request.host}` : '';
  const isDesk = request.url === '/desk' || request.url.startsWith('/desk/') || request.url.startsWith('/desk?');
  const ancestors = isDesk ? "'none'" : frameAncestors === undefined || frameAncestors.length === 0 ? "'self'" : `'self' ${frameAncestors.join(' ')}`;
  return [
    "default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "media-src 'self' blob:",
    `connect-src 'self'${sockets}`, "object-src 'none'", "base-uri 'none'", "form-action 'self'", `frame-ancestors ${ancestors}`,
  ].join('; ');
}
