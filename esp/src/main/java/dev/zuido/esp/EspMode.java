package dev.zuido.esp;

/** What an SA protects: RFC 4301 section 4.1. */
public enum EspMode {
  /** The payload of the packet; its IP header stays in front (RFC 4303 section 3.1.1). */
  TRANSPORT,
  /** The whole packet, behind a new IP header (RFC 4303 section 3.1.2). */
  TUNNEL
}
