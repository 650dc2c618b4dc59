package dev.zuido.ike.transcript;

import dev.zuido.ike.SpiAllocator;

/** SPIs over a tape. */
final class TapedSpis implements SpiAllocator {
  private final Tape tape;
  private final SpiAllocator world;

  TapedSpis(Tape tape, SpiAllocator world) {
    this.tape = tape;
    this.world = world;
  }

  @Override
  public int allocate() {
    return (int) tape.number("spi", () -> Integer.toUnsignedLong(world.allocate()));
  }

  @Override
  public void release(int spi) {
    tape.told("release " + Words.spi(spi), () -> world.release(spi));
  }
}
