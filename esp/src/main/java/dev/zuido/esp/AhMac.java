package dev.zuido.esp;

import java.util.Arrays;

/** The ICV of AH by a MAC (RFC 4302 section 3.3.3): the field is zero, the ESN's high half last. */
final class AhMac implements AhIcv {
  private final IcvStage mac;
  private final boolean extended;
  private final byte[] received;

  /** Makes the algorithm; {@code extended} says that sequence numbers have 64 bits. */
  AhMac(IcvStage mac, int icvLength, boolean extended) {
    this.mac = mac;
    this.extended = extended;
    this.received = new byte[icvLength];
  }

  @Override
  public void sign(byte[] bytes, int start, int length, int field, long sequence) {
    begin(bytes, start, length, sequence);
    mac.finish(bytes, field);
  }

  @Override
  public boolean verify(byte[] bytes, int start, int length, int field, long sequence) {
    System.arraycopy(bytes, field, received, 0, received.length);
    Arrays.fill(bytes, field, field + received.length, (byte) 0);
    begin(bytes, start, length, sequence);
    boolean authentic = mac.verify(received, 0);
    System.arraycopy(received, 0, bytes, field, received.length);
    return authentic;
  }

  private void begin(byte[] bytes, int start, int length, long sequence) {
    mac.begin(bytes, start, length);
    if (extended) {
      mac.update((int) (sequence >>> 32));
    }
  }

  @Override
  public void close() {
    mac.close();
  }
}
