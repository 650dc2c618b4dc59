package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Prefix;

/**
 * A pre-shared key.
 *
 * @param key the key
 * @param peers the peers that it holds for, mostly one address; 0.0.0.0/0 is any
 */
public record IsakmpKey(Secret key, Ipv4Prefix peers) {}
