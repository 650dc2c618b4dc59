package dev.zuido.examples.minimal.esp;

import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaParameters;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.Arrays;

/** Protects a packet with AES-GCM in transport mode, and opens it at the other end. */
public final class SealAndOpen {
  private static final int SPI = 0x1001;
  private static final Ipv4Address HERE = Ipv4Address.parse("192.0.2.1");
  private static final Ipv4Address THERE = Ipv4Address.parse("198.51.100.1");

  private SealAndOpen() {}

  /** Prints what becomes of the packet, of a replay and of a forgery. */
  public static void main(String[] args) {
    SecureRandom random = new SecureRandom();
    EspSuite suite = EspSuite.combined(EspEncryption.AES_GCM_16_128);
    SaParameters sending = SaParameters.of(SPI, EspMode.TRANSPORT, suite, HERE, THERE);
    SaParameters receiving = SaParameters.of(SPI, EspMode.TRANSPORT, suite, THERE, HERE);

    // Normally a key exchange agrees on the keying material. An SA copies what it needs of it.
    byte[] keyMaterial = new byte[suite.keyMaterialLength()];
    random.nextBytes(keyMaterial);
    try (EspKeys keys = EspKeys.ofKeyMaterial(suite, keyMaterial)) {
      OutboundSa out = new OutboundSa(sending, keys, EspCrypto.platform(), random, 0);
      InboundSa in = new InboundSa(receiving, keys, EspCrypto.platform(), 0);

      PacketBatch batch = PacketBatch.ofOne(1500);
      byte[] packet = new byte[100]; // a header and 80 zeros, of the protocol 253 (RFC 3692)
      Ipv4Header.of(253, 64, HERE, THERE, 80).encode(Unpooled.wrappedBuffer(packet).clear());
      batch.add(packet, 0, packet.length);

      out.seal(batch);
      byte[] sealed = batch.copy(0);
      System.out.println(suite + ": " + batch.verdict(0) + ", " + sealed.length + " bytes");

      in.open(batch);
      System.out.println("at the other end: " + batch.verdict(0));
      if (!Arrays.equals(batch.copy(0), packet)) {
        throw new IllegalStateException("something else came out");
      }
      System.out.println("once more: " + receive(in, sealed));

      sealed[27]++; // the last byte of the sequence number
      System.out.println("with a forged sequence number: " + receive(in, sealed));
    }
  }

  private static String receive(InboundSa in, byte[] packet) {
    PacketBatch batch = PacketBatch.ofOne(1500);
    batch.add(packet, 0, packet.length);
    in.open(batch);
    return batch.verdict(0).name();
  }
}
