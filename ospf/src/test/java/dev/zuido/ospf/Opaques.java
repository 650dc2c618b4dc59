package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.wire.ByteString;
import java.util.List;

/** Opaque LSAs as a scripted peer sends them. */
final class Opaques {
  private Opaques() {}

  /** The first instance of an LSA with opaque type 200 and ID 0. */
  static Lsa lsa(int lsType, int router, ByteString body) {
    return Lsa.originate(
        new Options(Options.E),
        OpaqueLsa.linkStateId(200, 0),
        Configs.routerId(router),
        LsaHeader.INITIAL_SEQUENCE,
        new OpaqueLsa(lsType, body));
  }

  static List<LsaHeader> acknowledged(ScriptedPeer peer) {
    return peer.take(LinkStateAcknowledgmentPacket.class).stream()
        .flatMap(packet -> packet.lsaHeaders().stream())
        .toList();
  }
}
