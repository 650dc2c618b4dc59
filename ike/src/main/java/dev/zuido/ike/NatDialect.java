package dev.zuido.ike;

import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.VendorId;
import java.util.List;
import java.util.Optional;

/**
 * The text that both sides follow in NAT traversal, the best first. The drafts from 02 on differ
 * from RFC 3947 in nothing but numbers.
 */
enum NatDialect {
  RFC_3947(KnownVendor.NAT_TRAVERSAL, false),
  DRAFT_03(KnownVendor.NAT_TRAVERSAL_DRAFT_03, true),
  DRAFT_02_NEWLINE(KnownVendor.NAT_TRAVERSAL_DRAFT_02_NEWLINE, true),
  DRAFT_02(KnownVendor.NAT_TRAVERSAL_DRAFT_02, true);

  private final KnownVendor vendor;
  private final boolean draft;

  NatDialect(KnownVendor vendor, boolean draft) {
    this.vendor = vendor;
    this.draft = draft;
  }

  /** What an initiator announces: the RFC, and the draft that most old peers know. */
  static List<VendorId> offer() {
    return List.of(RFC_3947.vendorId(), DRAFT_02_NEWLINE.vendorId());
  }

  /** The best that a message announces. */
  static Optional<NatDialect> announced(PayloadChain chain) {
    List<VendorId> ids = chain.payloads(VendorId.class);
    for (NatDialect dialect : values()) {
      if (ids.stream().anyMatch(id -> dialect.vendor.matches(id.id()))) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  /** What a responder answers, so that both know what is spoken. */
  VendorId vendorId() {
    return VendorId.of(vendor);
  }

  int natDetectionType() {
    return draft ? PayloadType.NAT_DETECTION_DRAFT : PayloadType.NAT_DETECTION;
  }

  int natOriginalAddressType() {
    return draft ? PayloadType.NAT_ORIGINAL_ADDRESS_DRAFT : PayloadType.NAT_ORIGINAL_ADDRESS;
  }

  /** The value of the Encapsulation Mode attribute for ESP in UDP. */
  int attributeValue(EncapsulationMode mode) {
    return switch (mode) {
      case TUNNEL ->
          draft
              ? IpsecAttribute.EncapsulationMode.UDP_TUNNEL_DRAFT
              : IpsecAttribute.EncapsulationMode.UDP_TUNNEL;
      case TRANSPORT ->
          draft
              ? IpsecAttribute.EncapsulationMode.UDP_TRANSPORT_DRAFT
              : IpsecAttribute.EncapsulationMode.UDP_TRANSPORT;
    };
  }
}
