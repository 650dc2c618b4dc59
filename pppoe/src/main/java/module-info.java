/** PPP over Ethernet (RFC 2516, RFC 4638) with PPP (RFC 1661) and its authentication. */
module dev.zuido.pppoe {
  requires transitive dev.zuido.wire;
  requires static org.jspecify;

  exports dev.zuido.pppoe;
  exports dev.zuido.pppoe.ppp;
}
