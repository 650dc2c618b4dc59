package dev.zuido.ike.transcript;

import dev.zuido.ike.CertificateTrust;
import dev.zuido.ike.Credential;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.PeerConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A configuration whose clocks, by which certificates are valid or not, run over a tape. */
final class TapedClocks {
  private TapedClocks() {}

  static IkeConfig over(IkeConfig config, Tape tape) {
    return new IkeConfig(
        config.peers().stream().map(peer -> over(peer, tape)).toList(),
        config.retransmission(),
        config.limits(),
        config.trace());
  }

  private static PeerConfig over(PeerConfig peer, Tape tape) {
    List<Credential> credentials =
        peer.credentials().stream().map(each -> over(each, tape)).toList();
    return peer.with(peer.localIdentity(), peer.remoteIdentity(), credentials, peer.proposals());
  }

  private static Credential over(Credential credential, Tape tape) {
    if (!(credential instanceof Credential.RsaKey key)) {
      return credential;
    }
    CertificateTrust trust = key.trust();
    return new Credential.RsaKey(
        key.privateKey(),
        key.chain(),
        new CertificateTrust(
            trust.anchors(), trust.known(), trust.revocationLists(), over(trust.clock(), tape)));
  }

  /** Validity is a matter of dates, which have milliseconds. */
  private static InstantSource over(InstantSource world, Tape tape) {
    return () -> Instant.ofEpochMilli(tape.number("clock", () -> world.instant().toEpochMilli()));
  }
}
