# Three steps: the front end with Node, the program with Go, and an image that
# holds the program and nothing else: no shell, no Node, no sources.
FROM node:20 AS front
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN node build/build.mjs

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=front /src/frontend/dist frontend/dist
RUN CGO_ENABLED=0 go build -trimpath -o /out/ruggespraak ./cmd/ruggespraak \
 && mkdir -m 0700 /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/ruggespraak /ruggespraak
COPY --from=build --chown=65534:65534 /out/data /data
USER 65534:65534
ENV RUGGESPRAAK_DATA=/data RUGGESPRAAK_LISTEN=:8080
# The only folder that is written to: run the rest read-only.
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/ruggespraak"]
CMD ["serve"]
