package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.NatDetectionHash;
import dev.zuido.ike.message.NatDetection;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NAT discovery in one phase 1 (RFC 3947 section 3): each side tells the other by hashes which
 * addresses and ports it sees, and compares them with its own view.
 */
final class NatDiscovery {
  private final EngineContext context;
  private final IsakmpSa sa;
  private @Nullable NatDialect dialect;

  NatDiscovery(EngineContext context, IsakmpSa sa) {
    this.context = context;
    this.sa = sa;
  }

  private NatTraversal config() {
    return sa.peer().config().natTraversal();
  }

  /** The vendor IDs of the first message. */
  List<VendorId> offer() {
    return config().enabled() ? NatDialect.offer() : List.of();
  }

  /** The vendor ID of the second message: of what the initiator offered, the best. */
  List<VendorId> answer() {
    NatDialect spoken = dialect;
    return spoken == null ? List.of() : List.of(spoken.vendorId());
  }

  /** Takes the vendor IDs of the peer's first message. */
  void learnVendors(PayloadChain chain) {
    dialect = config().enabled() ? NatDialect.announced(chain).orElse(null) : null;
  }

  /** The NAT-D payloads of message 3 or 4: the peer's end, then ours. */
  List<NatDetection> payloads(IkeHash hash) {
    NatDialect spoken = dialect;
    if (spoken == null) {
      return List.of();
    }
    ByteString remote = hashOf(hash, sa.remote());
    ByteString local = hashOf(hash, sa.local());
    if (config().forceEncapsulation()) {
      byte[] pretended = new byte[local.length()];
      context.secrets.nextBytes(pretended);
      local = ByteString.of(pretended);
    }
    int type = spoken.natDetectionType();
    return List.of(new NatDetection(type, remote), new NatDetection(type, local));
  }

  /**
   * Compares the peer's NAT-D payloads with the datagram that they came in: the first is our end as
   * the peer sees it, one of the others the peer's own.
   */
  NatFinding find(IkeHash hash, Received message) {
    return find(hash, message, message.path());
  }

  /** Whether both sides have announced it. */
  boolean isSpoken() {
    return dialect != null;
  }

  /**
   * The same where the datagram has changed ports already: the hashes may be of those that it came
   * along, or of those of the messages before.
   */
  NatFinding find(IkeHash hash, Received message, UdpPath before) {
    NatDialect spoken = dialect;
    List<ByteString> hashes =
        message.chain().payloads(NatDetection.class).stream()
            .filter(each -> spoken != null && each.payloadType() == spoken.natDetectionType())
            .map(NatDetection::hash)
            .toList();
    if (spoken == null || hashes.size() < 2) {
      return NatFinding.NONE;
    }
    List<ByteString> others = hashes.subList(1, hashes.size());
    UdpPath path = message.path();
    boolean ours =
        hashes.get(0).equals(hashOf(hash, path.local()))
            || hashes.get(0).equals(hashOf(hash, before.local()));
    boolean theirs =
        others.contains(hashOf(hash, path.remote()))
            || others.contains(hashOf(hash, before.remote()));
    return new NatFinding(spoken, !ours, !theirs, config().forceEncapsulation());
  }

  private ByteString hashOf(IkeHash hash, Endpoint end) {
    return ByteString.of(
        NatDetectionHash.of(
            hash, sa.initiatorCookie(), sa.responderCookie(), end.address(), end.port()));
  }
}
