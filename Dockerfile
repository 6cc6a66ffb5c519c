FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked && cp target/release/langnghe /langnghe

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data langnghe \
 && install -d -o langnghe -m 0700 /data
COPY --from=build /langnghe /usr/local/bin/langnghe
USER langnghe
ENV DATA_DIR=/data LISTEN=0.0.0.0:8080
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD curl --fail --silent http://127.0.0.1:8080/readyz
ENTRYPOINT ["langnghe"]
CMD ["serve"]
