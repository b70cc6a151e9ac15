# syntax=docker/dockerfile:1
# The first stage builds on the machine of the builder. The second one contains only Node and the package, and no native code
# besides Node, so that it is the same for every architecture.
FROM --platform=$BUILDPLATFORM node:24.11-alpine3.22 AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY fixtures fixtures
COPY scenarios scenarios
COPY schemas schemas
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24.11-alpine3.22
ENV NODE_ENV=production \
    SIDEGLANCE_HOST=0.0.0.0 \
    SIDEGLANCE_PORT=9292 \
    SIDEGLANCE_READY_FILE=/tmp/sideglance.ready
# For state files: docker run -v sideglance:/data ... serve --state /data/state.json
RUN mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY conformance conformance
COPY docs docs
COPY fixtures fixtures
COPY scenarios scenarios
COPY schemas schemas
USER node
EXPOSE 9292
# The server writes its address into SIDEGLANCE_READY_FILE, so that the check follows --port, --tls and --listen.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --start-interval=500ms --retries=3 \
  CMD ["node", "dist/bin/sideglance.js", "wait", "--timeout", "2"]
ENTRYPOINT ["node", "dist/bin/sideglance.js"]
CMD ["serve"]
