package dev.zuido.ike;

import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;

/** The HASH payload at the head of every phase 2 message (RFC 2409 sections 5.5 and 5.7). */
final class Hashes {
  private Hashes() {}

  /** The payloads behind their HASH(1). */
  static List<Payload> withHash1(PhaseOneKeys keys, int messageId, List<Payload> payloads) {
    return prepend(keys.hash1(messageId, PayloadChain.of(payloads).toBytes()), payloads);
  }

  /** The payloads behind their HASH(2). */
  static List<Payload> withHash2(
      PhaseOneKeys keys, int messageId, ByteString initiatorNonce, List<Payload> payloads) {
    byte[] hash = keys.hash2(messageId, initiatorNonce, PayloadChain.of(payloads).toBytes());
    return prepend(hash, payloads);
  }

  private static List<Payload> prepend(byte[] hash, List<Payload> payloads) {
    List<Payload> all = new ArrayList<>(payloads.size() + 1);
    all.add(new Hash(ByteString.of(hash)));
    all.addAll(payloads);
    return all;
  }

  /** The bytes behind the first payload, without padding. */
  static byte[] afterFirst(PayloadChain chain) {
    List<Payload> payloads = chain.payloads();
    int from = Math.min(1, payloads.size());
    return PayloadChain.of(payloads.subList(from, payloads.size())).toBytes();
  }

  /** Whether the message's first payload is the expected hash, compared in constant time. */
  static boolean leads(PayloadChain chain, byte[] expected) {
    return !chain.payloads().isEmpty()
        && chain.payloads().get(0) instanceof Hash hash
        && PhaseOneKeys.matches(expected, hash.data());
  }
}
