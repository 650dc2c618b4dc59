/** OSPFv2 (RFC 2328): codecs, state machines, flooding and route calculation. */
module dev.zuido.ospf {
  requires transitive dev.zuido.wire;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports dev.zuido.ospf;
}
