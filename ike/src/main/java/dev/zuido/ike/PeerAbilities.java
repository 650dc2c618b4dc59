package dev.zuido.ike;

import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * What the peer has said by vendor IDs in phase 1. Nothing authenticates them, so nothing but
 * manners hangs on them.
 */
final class PeerAbilities {
  /** More than any implementation sends. */
  private static final int MAX_SHOWN = 24;

  private static final int MAX_USUAL = 6;

  /** Longer than any that is known; anybody can have a half-open ISAKMP SA remember them. */
  private static final int MAX_BYTES = 48;

  private final List<ByteString> vendorIds = new ArrayList<>(MAX_USUAL);
  private boolean fragmentation;

  /** Takes the vendor IDs of a message that was accepted. */
  void learn(PayloadChain chain) {
    for (VendorId each : chain.payloads(VendorId.class)) {
      fragmentation |= FragmentSupport.isAnnouncedBy(each.id());
      ByteString id = each.id().slice(0, Math.min(MAX_BYTES, each.id().length()));
      if (vendorIds.size() < MAX_SHOWN && !vendorIds.contains(id)) {
        vendorIds.add(id);
      }
    }
  }

  /** Whether messages to it may be cut. */
  boolean takesFragments() {
    return fragmentation;
  }

  /** The vendor IDs in words, each once, in the order of their coming. */
  List<String> vendors() {
    return vendorIds.stream().map(KnownVendor::describe).toList();
  }
}
