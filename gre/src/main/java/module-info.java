/** Generic Routing Encapsulation (RFC 2784, RFC 2890) and its keepalives. */
module dev.zuido.gre {
  requires transitive dev.zuido.wire;
  requires static org.jspecify;

  exports dev.zuido.gre;
}
