# Builds server and pages and trains the classifier, then keeps only what runs. No package of the tree needs an install script.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && node dist/cli/aftercare.js train && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/intents intents
COPY --from=build /app/locales locales
COPY --from=build /app/.cache .cache
RUN mkdir data && chown node:node data
USER node
EXPOSE 3000
VOLUME /app/data
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The process itself gets SIGTERM, not a shell around it.
CMD ["node", "dist/cli/aftercare.js", "serve"]
