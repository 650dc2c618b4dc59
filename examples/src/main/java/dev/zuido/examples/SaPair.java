package dev.zuido.examples;

import dev.zuido.esp.AhInboundSa;
import dev.zuido.esp.AhOutboundSa;
import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaCounters;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;

/** An inbound and an outbound SA with one peer, both of ESP or both of AH. */
sealed interface SaPair extends AutoCloseable {
  /** Opens the packets of a batch that pass: each is what was protected, or has its reason. */
  void open(PacketBatch batch);

  /** Protects the packets of a batch that pass. */
  void seal(PacketBatch batch);

  /** What became of packets that came in. */
  SaCounters inbound();

  /** What became of packets that went out. */
  SaCounters outbound();

  /** How many packets came whose SPI is another. */
  long foreign();

  /** Wipes the keys. */
  @Override
  void close();

  /** Finds packets of other SAs, since an SA does not look at the SPI itself. */
  final class SpiCheck {
    private final int spi;
    private final int distance;
    private long foreign;

    /**
     * Makes a check.
     *
     * @param spi the SPI that packets have to have
     * @param distance how far behind the IP header it stands
     */
    SpiCheck(int spi, int distance) {
      this.spi = spi;
      this.distance = distance;
    }

    /** Gives packets with another SPI, or none, their verdict. */
    void mark(PacketBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.passes(i) && !matches(batch.slab(), batch.offset(i), batch.length(i))) {
          batch.setVerdict(i, EspVerdict.UNKNOWN_SPI);
          foreign++;
        }
      }
    }

    private boolean matches(byte[] slab, int offset, int length) {
      boolean six = Ipv4Fields.version(slab, offset) == 6;
      int header = six ? Ipv6Fields.HEADER_LENGTH : Ipv4Fields.headerLength(slab, offset);
      int at = header + distance;
      return at + Integer.BYTES <= length && BigEndian.getInt(slab, offset + at) == spi;
    }
  }

  /**
   * Two SAs of ESP.
   *
   * @param in the inbound SA
   * @param out the outbound SA
   * @param spi what tells the inbound SA's packets
   */
  record Esp(InboundSa in, OutboundSa out, SpiCheck spi) implements SaPair {
    @Override
    public void open(PacketBatch batch) {
      spi.mark(batch);
      in.open(batch);
    }

    @Override
    public void seal(PacketBatch batch) {
      out.seal(batch);
    }

    @Override
    public SaCounters inbound() {
      return in.counters();
    }

    @Override
    public SaCounters outbound() {
      return out.counters();
    }

    @Override
    public long foreign() {
      return spi.foreign;
    }

    @Override
    public void close() {
      in.close();
      out.close();
    }
  }

  /**
   * Two SAs of AH.
   *
   * @param in the inbound SA
   * @param out the outbound SA
   * @param spi what tells the inbound SA's packets
   */
  record Ah(AhInboundSa in, AhOutboundSa out, SpiCheck spi) implements SaPair {
    @Override
    public void open(PacketBatch batch) {
      spi.mark(batch);
      in.verify(batch);
    }

    @Override
    public void seal(PacketBatch batch) {
      out.protect(batch);
    }

    @Override
    public SaCounters inbound() {
      return in.counters();
    }

    @Override
    public SaCounters outbound() {
      return out.counters();
    }

    @Override
    public long foreign() {
      return spi.foreign;
    }

    @Override
    public void close() {
      in.close();
      out.close();
    }
  }
}
