package dev.zuido.esp;

/** Encryption, then a separate ICV over what was encrypted (RFC 4303 section 3.3.2.1). */
final class SeparateTransform implements EspTransform {
  private final CipherStage cipher;
  private final IcvStage icv;
  private final boolean extended;

  /** Makes the transform; {@code extended} says that the ICV covers 64-bit sequence numbers. */
  SeparateTransform(CipherStage cipher, IcvStage icv, boolean extended) {
    this.cipher = cipher;
    this.icv = icv;
    this.extended = extended;
  }

  @Override
  public void seal(byte[] slab, EspFrames frames) {
    cipher.encrypt(slab, frames);
    for (int i = 0; i < frames.count(); i++) {
      begin(slab, frames, i);
      icv.finish(slab, frames.icvOffset(i));
    }
  }

  @Override
  public void open(byte[] slab, EspFrames frames) {
    for (int i = 0; i < frames.count(); i++) {
      begin(slab, frames, i);
      frames.setAuthentic(i, icv.verify(slab, frames.icvOffset(i)));
    }
    cipher.decrypt(slab, frames);
  }

  /** Feeds what the ICV covers: SPI to trailer, and the unsent high half of the sequence number. */
  private void begin(byte[] slab, EspFrames frames, int frame) {
    int start = frames.espOffset(frame);
    icv.begin(slab, start, frames.icvOffset(frame) - start);
    if (extended) {
      icv.update((int) (frames.sequence(frame) >>> 32));
    }
  }

  @Override
  public void close() {
    cipher.close();
    icv.close();
  }
}
