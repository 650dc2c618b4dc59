package dev.zuido.benchmarks;

import dev.zuido.router.forwarding.MssClamp;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Clamping the MSS of a TCP packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MssClampBenchmark {
  private static final int TCP = Ipv4Fields.MIN_HEADER_LENGTH;
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;

  private byte[] syn;
  private byte[] work;
  private byte[] data;

  /** Makes a SYN that announces 1460, and a segment without SYN. */
  @Setup
  public void prepare() {
    syn = segment(44, 6, SYN);
    syn[TCP + 20] = 2;
    syn[TCP + 21] = 4;
    BigEndian.putShort(syn, TCP + 22, 1460);
    work = syn.clone();
    data = segment(1400, 5, ACK);
  }

  private static byte[] segment(int length, int headerWords, int flags) {
    byte[] packet = Packets.ipv4(length);
    Ipv4Fields.setProtocol(packet, 0, IpProtocol.TCP);
    packet[TCP + 12] = (byte) (headerWords << 4);
    packet[TCP + 13] = (byte) flags;
    return packet;
  }

  /** A SYN of 44 bytes is copied and clamped. */
  @Benchmark
  public byte[] clampSyn() {
    System.arraycopy(syn, 0, work, 0, syn.length);
    if (!MssClamp.clamp(work, 0, 1350)) {
      throw new IllegalStateException("the SYN was let through");
    }
    return work;
  }

  /** Any other segment is looked at and let through. */
  @Benchmark
  public byte[] passData() {
    if (MssClamp.clamp(data, 0, 1350)) {
      throw new IllegalStateException("a segment without SYN was changed");
    }
    return data;
  }
}
