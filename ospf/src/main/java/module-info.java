/** OSPFv2 (RFC 2328): codecs, state machines, flooding and route calculation. */
module dev.zuido.ospf {
  requires transitive dev.zuido.wire;
  requires static org.jspecify;

  exports dev.zuido.ospf;
  exports dev.zuido.ospf.lsa;
  exports dev.zuido.ospf.lsa.opaque;
  exports dev.zuido.ospf.lsdb;
  exports dev.zuido.ospf.packet;
  exports dev.zuido.ospf.spf;
}
