# The first stage builds; the second contains only Node and the package.
FROM node:24-alpine AS build
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

FROM node:24-alpine
ENV NODE_ENV=production SIDEGLANCE_HOST=0.0.0.0 SIDEGLANCE_PORT=9292
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/fixtures fixtures
COPY --from=build /build/scenarios scenarios
COPY --from=build /build/schemas schemas
USER node
EXPOSE 9292
HEALTHCHECK --interval=5s --timeout=3s --start-period=2s \
  CMD node -e "fetch('http://127.0.0.1:'+process.env.SIDEGLANCE_PORT+'/__admin/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
ENTRYPOINT ["node", "dist/bin/sideglance.js"]
CMD ["serve"]
